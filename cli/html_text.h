/* The text of HTML, as people read it. Pure. */
#ifndef PASSERELLE_CLI_HTML_TEXT_H
#define PASSERELLE_CLI_HTML_TEXT_H

#include "../proto/arena.h"
#include "../proto/field.h"

/* Tags and comments go, blocks begin on a line of their own, items with "- ", entities become what
 * they stand for; HTML that was escaped once more, as job sites do, is read as HTML. A text without
 * any of that stays as it is. In the arena; NULL data without memory. */
struct text html_to_text(struct text html, struct arena *arena);

#endif
