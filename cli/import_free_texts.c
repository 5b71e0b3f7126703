#include "import_free_texts.h"

#include "../proto/records.h"
#include "../runtime/clock.h"
#include "free_text.h"
#include "import_reference.h"
#include "import_value.h"
#include "private_words.h"

#include <dirent.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { PATH_SIZE = 1024, DESCRIPTION_MAX = 20000, TITLE_MAX = 200, REFERENCE_MAX = 64 };

/* What the files of one path share. */
struct letters {
    struct import_run *run;
    struct private_words *words;
    char source[SOURCE_NAME_SIZE]; /* of what is no mail */
};

static void trouble_tell(struct letters *letters, const char *path, enum text_id what,
                         const char *detail, bool warning)
{
    struct row_findings findings = {.count = 1, .total = 1, .bad = !warning};
    findings.item[0] = (struct row_finding){.warning = warning,
                                            .line = 1,
                                            .column = 1,
                                            .header = {"", 0},
                                            .fault = {what, text_of_string(detail)}};
    import_report_findings(letters->run->report, path, &findings);
}

/* -- one offer ----------------------------------------------------------------------------------
 */

static struct text text_trim(struct text text)
{
    while (text.size && strchr(" \t\r\n", *text.data))
        text.data++, text.size--;
    while (text.size && strchr(" \t\r\n", text.data[text.size - 1]))
        text.size--;
    return text;
}

/* At most so many bytes, at a character, and at a word where one is near. */
static struct text text_cut(struct text text, uint32_t most)
{
    if (text.size <= most)
        return text;
    uint32_t size = most, word = most;
    while (size && (text.data[size] & 0xC0) == 0x80)
        size--;
    while (word > most / 2 && text.data[word] != ' ')
        word--;
    text.size = word > most / 2 ? word : size;
    return text;
}

/* Without "Re:", "Fwd:", "TR:" in front. */
static struct text subject_of(struct text subject)
{
    static const char *const marks[] = {"re:", "re :", "fwd:", "fw:", "tr:", "tr :", "rv:"};
    bool again = true;
    while (again) {
        again = false;
        subject = text_trim(subject);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (subject.size > strlen(marks[i]) &&
                strncasecmp(subject.data, marks[i], strlen(marks[i])) == 0) {
                subject.data += strlen(marks[i]);
                subject.size -= (uint32_t)strlen(marks[i]);
                again = true;
            }
    }
    return subject;
}

static struct text first_line(struct text text)
{
    text = text_trim(text);
    const char *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
    if (end)
        text.size = (uint32_t)(end - text.data);
    return text_trim(text);
}

/* What is too long, or may name people, goes in as a hash. */
static struct text reference_of(struct import_run *run, struct text name, bool hashed)
{
    uint8_t hash[12];
    char text[4 + 2 * sizeof hash + 1] = "txt-";
    if (!hashed && name.size <= REFERENCE_MAX)
        return name;
    crypto_generichash(hash, sizeof hash, (const uint8_t *)name.data, name.size, NULL, 0);
    for (size_t i = 0; i < sizeof hash; i++) { /* letters: digits could make a forbidden number */
        text[4 + 2 * i] = (char)('a' + (hash[i] >> 4));
        text[5 + 2 * i] = (char)('a' + (hash[i] & 15));
    }
    const char *copy = arena_copy(run->arena, text, strlen(text));
    return text_of_string(copy ? copy : "");
}

static void contact_set(struct offer *offer, const struct free_text *text, struct text phone,
                        struct text email)
{
    struct employer_contact *contact = &offer->contact;
    struct text address = text->email.size ? text->email : email;
    contact->name = text_cut(text->name, 120);
    contact->has.name = contact->name.size > 0;
    contact->email = address;
    contact->has.email =
        address.size >= 3 && address.size <= 254 && memchr(address.data, '@', address.size) != NULL;
    contact->phone = phone;
    contact->has.phone = phone.size >= 4 && phone.size <= 24;
    offer->has.contact = contact->has_bits != 0;
}

/* Fills the offer; false without memory, or when the text must not be shown. */
static bool offer_make(struct letters *letters, const char *path, int64_t file_ms,
                       const struct free_text *text, struct offer *offer)
{
    struct arena *arena = letters->run->arena;
    struct text phone, email, other_phone, other_email, subject = subject_of(text->subject);
    bool mail = text->message_id.size > 0;
    const char *file = strrchr(path, '/');
    struct text body = private_words_hide(letters->words, text_trim(text->body), text->name, arena,
                                          &phone, &email);
    struct text title =
        private_words_hide(letters->words, subject, text->name, arena, &other_phone, &other_email);
    if (!body.data || !title.data)
        return false;
    title = text_trim(title);
    offer->source = text_of_string(letters->run->options->source ? letters->run->options->source
                                   : mail                        ? "mail"
                                                                 : letters->source);
    offer->reference =
        mail ? reference_of(letters->run, text->message_id, true)
             : reference_of(letters->run, text_of_string(file ? file + 1 : path), false);
    offer->observed_at = text->written_ms ? text->written_ms : file_ms;
    offer->title = text_cut(title.size ? title : first_line(body), TITLE_MAX);
    offer->description = text_cut(text_trim(body), DESCRIPTION_MAX);
    offer->has.source = offer->has.reference = offer->has.observed_at = offer->has.title = true;
    offer->has.description = offer->description.size > 0;
    contact_set(offer, text, phone.size ? phone : other_phone, email.size ? email : other_email);
    return true;
}

static void offer_take(struct letters *letters, const char *path, const struct free_text *text,
                       int64_t file_ms)
{
    struct offer *offer = arena_alloc(letters->run->arena, sizeof *offer);
    struct row_findings findings = {.count = 0};
    struct errors errors = {.count = 0};
    const struct import_place place = {.path = path, .line = 1, .column = 1};
    if (!offer || !offer_make(letters, path, file_ms, text, offer)) {
        trouble_tell(letters, path, offer ? TEXT_FREE_TOO_PRIVATE : TEXT_NO_MEMORY, "", false);
        return;
    }
    if (record_check(&offer_type, offer, "", &errors)) {
        sender_take(letters->run->sender, offer, true, &place);
        return;
    }
    findings.bad = true;
    for (unsigned i = 0; i < errors.count; i++)
        findings.item[findings.count++] = (struct row_finding){
            .line = 1, .column = 1, .header = {"", 0}, .error = errors.item[i]};
    findings.total = findings.count;
    import_report_findings(letters->run->report, path, &findings);
}

/* -- files --------------------------------------------------------------------------------------
 */

static int64_t file_time(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (int64_t)status.st_mtim.tv_sec * 1000 : 0;
}

/* A file's run of the journal is known by what is made of it. */
static void file_take(struct letters *letters, const char *path)
{
    struct import_run *run = letters->run;
    struct free_text text;
    struct journal journal;
    uint8_t hash[CONTENT_HASH_SIZE];
    const char *detail = "";
    arena_reset(run->arena);
    enum text_id why = free_text_read(path, run->arena, &text, &detail);
    import_report_counts(run->report)->rows++;
    crypto_generichash(hash, sizeof hash, (const uint8_t *)text.body.data, text.body.size, NULL, 0);
    import_run_file_begin(run, path, hash, &journal);
    sender_make_room(run->sender);
    import_report_row_begin(run->report);
    if (why != TEXT_NONE)
        trouble_tell(letters, path, why, detail, false);
    else
        offer_take(letters, path, &text, file_time(path));
    import_report_row_end(run->report);
    import_run_file_end(run, &journal);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void folder_take(struct letters *letters, const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        char file[PATH_SIZE];
        struct stat status;
        bool fits =
            snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name) < (int)sizeof file;
        bool regular = fits && stat(file, &status) == 0 && S_ISREG(status.st_mode);
        if (regular && !free_text_is_kind(file))
            trouble_tell(letters, file, TEXT_FREE_OTHER_KIND, "", true);
        else if (regular && import_run_goes_on(letters->run))
            file_take(letters, file);
        free(entries[i]);
    }
    free(entries);
}

bool import_free_texts(struct import_run *run, const char *path)
{
    struct letters letters = {.run = run, .words = private_words_create(run->context)};
    struct stat status;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    if (!letters.words)
        return false;
    snprintf(letters.source, sizeof letters.source, "text");
    if (folder)
        source_of_path(path, letters.source);
    if (folder)
        folder_take(&letters, path);
    else if (!free_text_is_kind(path))
        trouble_tell(&letters, path, TEXT_FREE_OTHER_KIND, "", false);
    else
        file_take(&letters, path);
    private_words_free(letters.words);
    return true;
}
