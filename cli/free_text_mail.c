/* Mails, by GMime. */
#include "free_text.h"

#include "../proto/text.h"
#include "html_text.h"

#include <gmime/gmime.h>
#include <string.h>

enum { PARTS_MAX = 200 };

/* The parts of a mail that hold text: the first plain one, the first HTML. */
struct parts {
    GMimeTextPart *plain, *html;
    unsigned seen;
};

static void part_take(GMimeObject *parent, GMimeObject *part, gpointer arg)
{
    struct parts *parts = arg;
    (void)parent;
    if (++parts->seen > PARTS_MAX || !GMIME_IS_TEXT_PART(part))
        return;
    GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
    if (disposition && g_mime_content_disposition_is_attachment(disposition))
        return;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    if (!parts->plain && g_mime_content_type_is_type(type, "text", "plain"))
        parts->plain = GMIME_TEXT_PART(part);
    else if (!parts->html && g_mime_content_type_is_type(type, "text", "html"))
        parts->html = GMIME_TEXT_PART(part);
}

/* A copy that is UTF-8, cut at FREE_TEXT_MAX; what is not UTF-8 becomes "?". */
static bool copy_text(struct arena *arena, const char *from, struct text *to)
{
    size_t size = from ? strlen(from) : 0;
    size = size < FREE_TEXT_MAX ? size : FREE_TEXT_MAX;
    while (size && from[size] && (from[size] & 0xC0) == 0x80)
        size--;
    char *copy = arena_copy(arena, from ? from : "", size);
    if (!copy)
        return false;
    for (size_t i = 0; !text_is_valid(copy, size) && i < size; i++)
        if (copy[i] & 0x80)
            copy[i] = '?';
    *to = (struct text){copy, (uint32_t)size};
    return true;
}

/* Answers carry what they answer to behind '>', and a signature begins with "-- ". */
static void quotes_cut(struct text *text)
{
    char *data = (char *)(uintptr_t)text->data, *out = data;
    const char *end = data + text->size;
    for (char *line = data; line < end;) {
        char *next = memchr(line, '\n', (size_t)(end - line));
        size_t size = next ? (size_t)(next - line) + 1 : (size_t)(end - line);
        if (size >= 3 && memcmp(line, "-- ", 3) == 0 && (size == 3 || strchr("\r\n", line[3])))
            break;
        if (*line != '>') {
            memmove(out, line, size);
            out += size;
        }
        line += size;
    }
    text->size = (uint32_t)(out - data);
}

static bool body_take(GMimeMessage *message, struct arena *arena, struct free_text *text)
{
    struct parts parts = {.seen = 0};
    GMimeObject *root = g_mime_message_get_mime_part(message);
    if (root)
        part_take(NULL, root, &parts);
    g_mime_message_foreach(message, part_take, &parts);
    GMimeTextPart *chosen = parts.plain ? parts.plain : parts.html;
    if (!chosen)
        return true;
    char *decoded = g_mime_text_part_get_text(chosen);
    bool good = copy_text(arena, decoded, &text->body);
    g_free(decoded);
    if (good && !parts.plain) {
        text->body = html_to_text(text->body, arena);
        good = text->body.data != NULL;
    }
    if (good)
        quotes_cut(&text->body);
    return good;
}

static bool sender_take(GMimeMessage *message, struct arena *arena, struct free_text *text)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first = from && internet_address_list_length(from) > 0
                                 ? internet_address_list_get_address(from, 0)
                                 : NULL;
    if (!first)
        return true;
    bool mailbox = INTERNET_ADDRESS_IS_MAILBOX(first);
    return copy_text(arena, internet_address_get_name(first), &text->name) &&
           copy_text(arena,
                     mailbox ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first))
                             : "",
                     &text->email);
}

static bool head_take(GMimeMessage *message, struct arena *arena, struct free_text *text)
{
    GDateTime *date = g_mime_message_get_date(message);
    if (date)
        text->written_ms = (int64_t)g_date_time_to_unix(date) * 1000;
    return copy_text(arena, g_mime_message_get_subject(message), &text->subject) &&
           copy_text(arena, g_mime_message_get_message_id(message), &text->message_id) &&
           sender_take(message, arena, text);
}

enum text_id free_text_read_mail(const char *data, size_t size, struct arena *arena,
                                 struct free_text *text)
{
    static bool begun;
    if (!begun)
        g_mime_init();
    begun = true;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
    GMimeParser *parser = stream ? g_mime_parser_new_with_stream(stream) : NULL;
    GMimeMessage *message = parser ? g_mime_parser_construct_message(parser, NULL) : NULL;
    enum text_id why = TEXT_FREE_NOT_MAIL;
    if (message)
        why = head_take(message, arena, text) && body_take(message, arena, text) ? TEXT_NONE
                                                                                 : TEXT_NO_MEMORY;
    g_clear_object(&message);
    g_clear_object(&parser);
    g_clear_object(&stream);
    return why;
}
