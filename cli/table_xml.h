/* One XML part of a zip archive, parsed in bounded pieces. */
#ifndef PASSERELLE_CLI_TABLE_XML_H
#define PASSERELLE_CLI_TABLE_XML_H

#include "table_backend.h"

#include <expat.h>
#include <zip.h>

struct xml_part;

enum xml_step { XML_STEP_MORE, XML_STEP_PAUSED, XML_STEP_END, XML_STEP_FAILED };

/* Opens a part that unpacks to at most limit bytes; NULL with the problem (TABLE_FAULT_NONE when
 * the archive holds no such part). Handlers are set on xml_part_parser. */
struct xml_part *xml_part_open(zip_t *zip, const char *name, int64_t limit, void *user,
                               struct table_problem *problem);
void xml_part_close(struct xml_part *part); /* NULL is fine */
XML_Parser xml_part_parser(struct xml_part *part);
/* Parses some more; PAUSED after a handler has called XML_StopParser. */
enum xml_step xml_part_step(struct xml_part *part, struct table_problem *problem);
int64_t xml_part_position(const struct xml_part *part);
int64_t xml_part_size(const struct xml_part *part);
/* Parses all of a small part. False with the problem. */
bool xml_part_read(zip_t *zip, const char *name, int64_t limit, void *user,
                   XML_StartElementHandler start, XML_EndElementHandler end,
                   XML_CharacterDataHandler data, struct table_problem *problem);

/* A name without its namespace prefix. */
const char *xml_local(const char *name);
/* The value of an attribute, "" when absent. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
