/* Texts of the commands that work on a referential file without a server; see texts.h. */
#ifndef PASSERELLE_CLI_ROLE_TEXTS_H
#define PASSERELLE_CLI_ROLE_TEXTS_H

/* clang-format off */
#define ROLE_TEXTS_ALL(T) \
    T(REFERENTIAL_ROME, "build: the folder of the official files of ROME 4.0", \
      "build : le dossier des fichiers officiels du ROME 4.0") \
    T(REFERENTIAL_ESCO, "build: the folder of the official files of ESCO, in French and English", \
      "build : le dossier des fichiers officiels de l'ESCO, en français et en anglais") \
    T(REFERENTIAL_MAPPING, "build: the file that maps ESCO's occupations to ROME's job titles", \
      "build : le fichier qui relie les professions de l'ESCO aux appellations du ROME") \
    T(REFERENTIAL_STARTER, "build: with the project's own skills and roles", \
      "build : avec les compétences et métiers propres au projet") \
    T(REFERENTIAL_OUT, "build: the file to write", "build : le fichier à écrire") \
    T(REFERENTIAL_WRITTEN, "Referential %s in %s: %u skills, %u roles, %u other words for them.", \
      "Référentiel %s dans %s : %u compétences, %u métiers, %u autres façons de les dire.") \
    T(WRONG_NO_CATALOGUE, "Say what to build from: --rome, --esco or --starter", \
      "Indiquez de quoi construire : --rome, --esco ou --starter") \
    T(WRONG_MAPPING_ALONE, "--mapping leads to ROME's job titles: it needs --rome", \
      "--mapping mène aux appellations du ROME : il faut aussi --rome") \
    T(WRONG_NO_OUT, "Name the file to write with --out", "Nommez le fichier à écrire avec --out") \
    T(WRONG_NO_REFERENTIAL, "Name a referential file with --referential", \
      "Nommez un fichier de référentiel avec --referential") \
    T(NOT_A_REFERENTIAL, "%s is not a referential of this version: %s.", \
      "%s n'est pas un référentiel de cette version : %s.") \
    T(ROLE_USAGE, "title | rank | near", "title | rank | near") \
    T(ROLE_SUMMARY, "Finds jobs by title, skills or nearness in a referential file, without a server", \
      "Trouve des métiers par intitulé, compétences ou proximité, sans serveur") \
    T(ROLE_DETAILS, \
      "Reads JSON Lines and writes one line for each:\n" \
      "title: {\"id\": \"q1\", \"title\": \"Dev fullstack JS H/F\"} becomes {\"id\": \"q1\", " \
      "\"roles\": [{\"code\": \"M1855\", \"label\": \"…\", \"score\": 0.71}, …]}, best first.\n" \
      "rank: {\"id\": \"q1\", \"claims\": [\"câbler une armoire\", \"PHP\"], \"language\": \"fr\"} has " \
      "the same answer. A claim is a skill's id or label, or any words for it; with \"language\": " \
      "\"en\", English words lead to the skills of ESCO.\n" \
      "near: {\"id\": \"q1\", \"code\": \"M1855\"} has the same answer, with the jobs that one could move " \
      "to, at most 50; those that ROME names count for more.\n\n" \
      "The score is the share of probability among all jobs. With \"language\": \"en\", labels are " \
      "English where there are any. A line that cannot be read is named, and the others are answered.", \
      "Lit des JSON Lines et écrit une ligne pour chacune :\n" \
      "title : {\"id\": \"q1\", \"title\": \"Dev fullstack JS H/F\"} donne {\"id\": \"q1\", " \
      "\"roles\": [{\"code\": \"M1855\", \"label\": \"…\", \"score\": 0.71}, …]}, le meilleur en " \
      "premier.\n" \
      "rank : {\"id\": \"q1\", \"claims\": [\"câbler une armoire\", \"PHP\"], \"language\": \"fr\"} a la " \
      "même réponse. Une compétence se donne par son identifiant, son libellé ou d'autres mots ; " \
      "avec \"language\": \"en\", les mots anglais mènent aux compétences de l'ESCO.\n" \
      "near : {\"id\": \"q1\", \"code\": \"M1855\"} a la même réponse, avec les métiers accessibles " \
      "depuis celui-ci, 50 au plus ; ceux que donne le ROME comptent davantage.\n\n" \
      "La note est la part de probabilité parmi tous les métiers. Avec \"language\": " \
      "\"en\", les libellés sont en anglais s'ils existent. Une ligne illisible est nommée, les " \
      "autres ont leur réponse.") \
    T(ROLE_REFERENTIAL, "the file that `referential build` wrote", \
      "le fichier que `referential build` a écrit") \
    T(ROLE_LIMIT, "how many at most, up to 1000; 20 when absent", \
      "combien au plus, jusqu'à 1000 ; 20 par défaut") \
    T(ROLE_SECTORS, "title: domains of ROME that jobs are likely to be of, such as M14,M18", \
      "title : les domaines du ROME où les métiers se trouvent sans doute, par exemple M14,M18") \
    T(VALUE_CODES, "CODES", "CODES") \
    T(WRONG_SECTORS, "--sectors takes at most 16 domains of ROME, such as M14,M18", \
      "--sectors prend 16 domaines du ROME au plus, par exemple M14,M18") \
    T(QUERY_LINE, "line %u: %s", "ligne %u : %s") \
    T(QUERY_TOO_LONG, "longer than 64 KiB", "plus de 64 Kio") \
    T(QUERY_NOT_JSON, "not a JSON object", "ce n'est pas un objet JSON") \
    T(QUERY_NO_ID, "“id” must be a text of 1 to 256 bytes", \
      "« id » doit être un texte de 1 à 256 octets") \
    T(QUERY_NO_TITLE, "“title” must be a text", "« title » doit être un texte") \
    T(QUERY_NO_CLAIMS, "“claims” must be a list of at most 512 texts", \
      "« claims » doit être une liste de 512 textes au plus") \
    T(QUERY_NO_ROLE, "“code” must be the code of a job of the referential", \
      "« code » doit être le code d'un métier du référentiel") \
    T(QUERY_LANGUAGE, "“language” must be \"fr\" or \"en\"", \
      "« language » doit être \"fr\" ou \"en\"")
/* clang-format on */

#endif
