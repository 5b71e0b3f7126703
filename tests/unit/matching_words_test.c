#include "matching/inclusive.h"
#include "matching/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_normal(const char *text, const char *expected)
{
    char normal[WORDS_NORMAL_SIZE];
    size_t length = words_normalise(text, strlen(text), normal, sizeof normal);
    assert_string_equal(normal, expected);
    assert_int_equal(length, strlen(expected));
}

static void folds_letters(void **state)
{
    (void)state;
    assert_normal("", "");
    assert_normal("  Écran   ÉTEINT ", "ecran eteint");
    assert_normal("Manœuvre, Cæsium", "manoeuvre caesium");
    assert_normal("E\xCC\x81"
                  "cole", /* decomposed already */
                  "ecole");
    assert_normal("ﬁbre ｏｐｔｉｑｕｅ", "fibre optique");
    assert_normal("Straße Łódź Ørsted", "strasse lodz orsted");
    assert_normal("Électricité — m²", "electricite m2");
    assert_normal("l’eau d'ici", "l eau d ici");
    assert_normal("co\xC2\xADopérer", "cooperer"); /* soft hyphen */
    assert_normal("программист", "программист");
}

static void keeps_names_of_techniques(void **state)
{
    (void)state;
    assert_normal("C++, C#, .NET", "c++ c# net");
    assert_normal("Node.js/React", "node js react");
    assert_normal("Bac+5", "bac+5");
    assert_normal("+ # C ++", "c");
    assert_normal("CI/CD", "ci cd");
    assert_normal("React Native / e-commerce", "react native e commerce");
}

static void spells_and(void **state)
{
    (void)state;
    assert_normal("Vente & conseil", "vente et conseil");
    assert_normal("R&D", "r d");
    assert_normal("& vente &", "vente");
}

static void reduces_endings(void **state)
{
    (void)state;
    static const char *const same[] = {"technicien(ne)", "Technicien·ne",   "technicien.ne",
                                       "TECHNICIEN-NE",  "technicien/ne",   "Technicien•ne",
                                       "technicien⋅ne",  "technicien (ne)", "technicien(-ne)"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_normal(same[i], "technicien");
    assert_normal("Développeur·euse web", "developpeur web");
    assert_normal("Développeur/se confirmé(e)", "developpeur confirme");
    assert_normal("Assistant(e) administratif(ve)", "assistant administratif");
    assert_normal("Directeur (trice) de crèche", "directeur de creche");
    assert_normal("Directrice (eur)", "directeur");
    assert_normal("Étudiant·e·s, étudiant(e)s, étudiant.es", "etudiants etudiants etudiants");
    assert_normal("développeurs·euses", "developpeurs");
    assert_normal("Animateur.rice, chef-fe, hôte(sse)", "animateur chef hote");
    assert_normal("Poste(s) à pourvoir", "poste a pourvoir");
    assert_normal("Visiteur(se)détacheur(se)", "visiteur detacheur");
}

static void keeps_what_only_looks_inclusive(void **state)
{
    (void)state;
    assert_normal("front-end", "front end");
    assert_normal("vente (neuf)", "vente neuf");
    assert_normal("tir (ne pas)", "tir ne pas");
    assert_normal("Java / e", "java e");
    assert_normal("cycle-se", "cycle se");
    assert_normal("Directeur/Responsable", "directeur responsable");
    assert_normal("Peintre / Peintre en décor", "peintre peintre en decor");
    assert_normal("Éducateur OU moniteur", "educateur ou moniteur");
    assert_normal("porte - port", "port"); /* cannot be told from a pair */
}

static void reduces_pairs(void **state)
{
    (void)state;
    assert_normal("Technicien / Technicienne", "technicien");
    assert_normal("Conducteur / Conductrice d'engins agricoles", "conducteur d engins agricoles");
    assert_normal("Technicien coupeur / Technicienne coupeuse en coiffure",
                  "technicien coupeur en coiffure");
    assert_normal("Chef de projet/cheffe de projet web", "chef de projet web");
    assert_normal("Secrétaire administratif / Secrétaire administrative",
                  "secretaire administratif");
    assert_normal("Mécanicien-outilleur / Mécanicienne-outilleuse", "mecanicien outilleur");
    assert_normal("Vendeuse ou vendeur en boulangerie", "vendeur en boulangerie");
    assert_normal("Stage ingénieure / ingénieur données", "stage ingenieur donnees");
    assert_normal("Serveurs / serveuses", "serveurs");
    assert_normal("Designer / Designeuse, cadreur (cadreuse)", "designer cadreur");
    assert_normal("Une/Un apprenti", "un apprenti");
}

static void drops_markers(void **state)
{
    (void)state;
    assert_normal("Cuisinier (H/F)", "cuisinier");
    assert_normal("Cuisinier H/F", "cuisinier");
    assert_normal("Cuisinier - f/h (H/F)", "cuisinier");
    assert_normal("Cuisinier (F-H) en salle", "cuisinier en salle");
    assert_normal("Analyst (m/f/d)", "analyst");
    assert_normal("Analyst (m/w/d)", "analyst");
    assert_normal("Cuisinier H / F / X", "cuisinier");
    assert_normal("Cuisinier H/F/NB", "cuisinier");
    assert_normal("Cuisinier (HF)", "cuisinier");
    assert_normal("Cuisinier homme/femme", "cuisinier");
    assert_normal("h/d", "h d");
    assert_normal("HF radio", "hf radio");
    assert_normal("(H/F)", "");
}

static void cuts_at_a_word(void **state)
{
    (void)state;
    char normal[12];
    assert_int_equal(words_normalise("plombier chauffagiste", 21, normal, sizeof normal), 8);
    assert_string_equal(normal, "plombier");
    assert_int_equal(words_normalise("plombier eau", 12, normal, sizeof normal), 8);
    assert_int_equal(words_normalise("plombier au zinc", 16, normal, sizeof normal), 11);
    assert_string_equal(normal, "plombier au");
    assert_int_equal(words_normalise("chauffagistes", 13, normal, sizeof normal), 0);
    assert_string_equal(normal, "");
    assert_int_equal(words_normalise("a", 1, normal, 1), 0);
    assert_int_equal(words_normalise("a", 1, normal, 0), 0);
}

static void bears_any_bytes(void **state)
{
    (void)state;
    uint32_t random = 1;
    static const char alphabet[] = "ehfmnsru/.-() &'+#oO\xC2\xB7\xC3\xA9\xE2\xFF";
    for (int round = 0; round < 20000; round++) {
        char text[48], normal[40], again[40];
        size_t size = (random >> 8) % sizeof text;
        for (size_t i = 0; i < size; i++) {
            random = random * 1664525 + 1013904223;
            text[i] = alphabet[(random >> 16) % sizeof alphabet];
        }
        random = random * 1664525 + 1013904223;
        size_t length = words_normalise(text, size, normal, 1 + (random >> 16) % sizeof normal);
        assert_int_equal(length, strlen(normal));
        assert_true(length == 0 || (normal[0] != ' ' && normal[length - 1] != ' '));
        assert_null(strstr(normal, "  "));
        assert_null(strpbrk(normal, "/.-()&'"));
        assert_true(words_normalise(normal, length, again, sizeof again) <= length);
    }
}

/* Titles as employers write them: no marker is left over, and taking the normal form again changes
 * nothing. */
static void holds_for_real_titles(void **state)
{
    (void)state;
    FILE *offers = fopen(SOURCE_DIR "/../shared/data/offers/offers_fr.tsv", "r");
    char line[16 * 1024], normal[WORDS_NORMAL_SIZE], again[WORDS_NORMAL_SIZE + 2];
    unsigned titles = 0;
    if (!offers) {
        print_message("skipped: no offers in ../shared/data\n");
        skip();
    }
    while (fgets(line, sizeof line, offers)) {
        char *rest = line;
        strsep(&rest, "\t");
        char *title = strsep(&rest, "\t");
        if (!title || strcmp(title, "title") == 0)
            continue;
        size_t length = words_normalise(title, strlen(title), normal, sizeof normal);
        assert_int_equal(words_normalise(normal, length, again, sizeof again), length);
        assert_string_equal(again, normal);
        assert_true(length > 0);
        snprintf(again, sizeof again, " %s ", normal);
        static const char *const leftovers[] = {" h ", " f ", " euse ", " trice ", " ne ", " se "};
        for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
            if (strstr(again, leftovers[i]))
                print_message("left over: %s => %s\n", title, normal);
            assert_null(strstr(again, leftovers[i]));
        }
        titles++;
    }
    fclose(offers);
    assert_int_equal(titles, 756);
}

static void knows_pairs(void **state)
{
    (void)state;
    assert_true(inclusive_pair("acteur", 6, "actrice", 7));
    assert_true(inclusive_pair("chef", 4, "cheffe", 6));
    assert_true(inclusive_pair("public", 6, "publique", 8));
    assert_true(inclusive_pair("nouveau", 7, "nouvelle", 8));
    assert_true(inclusive_pair("maitre", 6, "maitresse", 9));
    assert_false(inclusive_pair("actrice", 7, "acteur", 6));
    assert_false(inclusive_pair("chef", 4, "chef", 4));
    assert_false(inclusive_pair("java", 4, "javascript", 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_letters),
        cmocka_unit_test(keeps_names_of_techniques),
        cmocka_unit_test(spells_and),
        cmocka_unit_test(reduces_endings),
        cmocka_unit_test(keeps_what_only_looks_inclusive),
        cmocka_unit_test(reduces_pairs),
        cmocka_unit_test(drops_markers),
        cmocka_unit_test(cuts_at_a_word),
        cmocka_unit_test(bears_any_bytes),
        cmocka_unit_test(holds_for_real_titles),
        cmocka_unit_test(knows_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
