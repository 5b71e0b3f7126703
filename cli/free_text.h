/* An offer as free text: a mail, a text file, a PDF with text. */
#ifndef PASSERELLE_CLI_FREE_TEXT_H
#define PASSERELLE_CLI_FREE_TEXT_H

#include "../proto/arena.h"
#include "../proto/field.h"
#include "texts.h"

enum { FREE_TEXT_FILE_MAX = 16 * 1024 * 1024, FREE_TEXT_MAX = 256 * 1024 };

/* What a file says; absent texts are empty. */
struct free_text {
    struct text subject, body;
    struct text name, email; /* of the sender */
    struct text message_id;
    int64_t written_ms; /* 0: not said */
};

/* Whether the file's name is that of a kind that can be read: .txt, .eml, .pdf. */
bool free_text_is_kind(const char *path);
/* Reads it by its name; texts are UTF-8 in the arena. TEXT_NONE, or the text that says why it
 * cannot be read, which takes a detail: errno's, or "". */
enum text_id free_text_read(const char *path, struct arena *arena, struct free_text *text,
                            const char **detail);

/* -- the kinds --------------------------------------------------------------------------------- */

/* The bytes of a mail (RFC 5322, MIME): its plain text, or its HTML as text. Pure. */
enum text_id free_text_read_mail(const char *data, size_t size, struct arena *arena,
                                 struct free_text *text);
/* Has pdftotext read the file, within bounds of time and memory. */
enum text_id free_text_read_pdf(const char *path, struct arena *arena, struct free_text *text);
/* UTF-8, or else Windows-1252. */
enum text_id free_text_read_plain(const char *data, size_t size, struct arena *arena,
                                  struct free_text *text);

#endif
