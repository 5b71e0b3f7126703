#include "table_xml.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024, TOKEN_MAX = 2 * TABLE_ROW_MAX };

struct xml_part {
    zip_file_t *file;
    XML_Parser parser;
    char name[128];
    int64_t size, fed, limit;
    bool last, paused;
};

/* A document type is how entities that swell are declared, and workbooks have none. */
static void refuse_doctype(void *parser, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    XML_StopParser(parser, XML_FALSE);
}

struct xml_part *xml_part_open(zip_t *zip, const char *name, int64_t limit, void *user,
                               struct table_problem *problem)
{
    zip_int64_t index = zip_name_locate(zip, name, ZIP_FL_NOCASE);
    if (index < 0) {
        *problem = (struct table_problem){.fault = TABLE_FAULT_NONE};
        return NULL;
    }
    struct zip_stat status;
    zip_stat_init(&status);
    struct xml_part *part = calloc(1, sizeof *part);
    if (part) {
        snprintf(part->name, sizeof part->name, "%s", name);
        part->limit = limit;
        part->parser = XML_ParserCreate(NULL);
    }
    if (!part || !part->parser) {
        xml_part_close(part);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    if (zip_stat_index(zip, (zip_uint64_t)index, 0, &status) != 0 ||
        (status.encryption_method != ZIP_EM_NONE && (status.valid & ZIP_STAT_ENCRYPTION_METHOD)) ||
        !(part->file = zip_fopen_index(zip, (zip_uint64_t)index, 0))) {
        xml_part_close(part);
        table_fail(problem, TABLE_FAULT_READ, 0, name);
        return NULL;
    }
    part->size =
        (status.valid & ZIP_STAT_SIZE) && status.size < INT64_MAX ? (int64_t)status.size : 0;
    XML_SetUserData(part->parser, user);
    XML_UseParserAsHandlerArg(part->parser);
    XML_SetStartDoctypeDeclHandler(part->parser, refuse_doctype);
    return part;
}

void xml_part_close(struct xml_part *part)
{
    if (!part)
        return;
    if (part->parser)
        XML_ParserFree(part->parser);
    if (part->file)
        zip_fclose(part->file);
    free(part);
}

XML_Parser xml_part_parser(struct xml_part *part)
{
    return part->parser;
}

static enum xml_step part_fail(struct xml_part *part, enum table_fault fault,
                               struct table_problem *problem)
{
    table_fail(problem, fault, 0, part->name);
    return XML_STEP_FAILED;
}

static enum XML_Status part_feed(struct xml_part *part, enum table_fault *fault)
{
    void *buffer = XML_GetBuffer(part->parser, PIECE);
    zip_int64_t got = buffer ? zip_fread(part->file, buffer, PIECE) : -1;
    *fault = buffer ? TABLE_FAULT_READ : TABLE_FAULT_MEMORY;
    if (got < 0)
        return XML_STATUS_ERROR;
    part->fed += got;
    part->last = got == 0;
    *fault = TABLE_FAULT_TOO_LARGE;
    /* expat keeps an unfinished token, so its length is bounded too */
    if (part->fed > part->limit || part->fed - XML_GetCurrentByteIndex(part->parser) > TOKEN_MAX)
        return XML_STATUS_ERROR;
    *fault = TABLE_FAULT_FORMAT;
    return XML_ParseBuffer(part->parser, (int)got, part->last);
}

enum xml_step xml_part_step(struct xml_part *part, struct table_problem *problem)
{
    enum table_fault fault = TABLE_FAULT_FORMAT;
    enum XML_Status status;
    if (part->paused)
        status = XML_ResumeParser(part->parser);
    else if (part->last)
        return XML_STEP_END;
    else
        status = part_feed(part, &fault);
    part->paused = status == XML_STATUS_SUSPENDED;
    if (part->paused)
        return XML_STEP_PAUSED;
    return status == XML_STATUS_OK ? XML_STEP_MORE : part_fail(part, fault, problem);
}

int64_t xml_part_position(const struct xml_part *part)
{
    int64_t at = XML_GetCurrentByteIndex(part->parser);
    return at > 0 ? at : 0;
}

int64_t xml_part_size(const struct xml_part *part)
{
    return part->size;
}

bool xml_part_read(zip_t *zip, const char *name, int64_t limit, void *user,
                   XML_StartElementHandler start, XML_EndElementHandler end,
                   XML_CharacterDataHandler data, struct table_problem *problem)
{
    struct xml_part *part = xml_part_open(zip, name, limit, user, problem);
    if (!part)
        return false;
    XML_SetElementHandler(part->parser, start, end);
    XML_SetCharacterDataHandler(part->parser, data);
    enum xml_step step;
    do
        step = xml_part_step(part, problem);
    while (step == XML_STEP_MORE || step == XML_STEP_PAUSED);
    xml_part_close(part);
    return step == XML_STEP_END;
}

const char *xml_local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(xml_local(attributes[0]), name) == 0)
            return attributes[1];
    return "";
}
