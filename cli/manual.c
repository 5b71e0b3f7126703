#include "manual.h"

#include "arguments.h"
#include "commands.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_WIDTH = 80, INDENT = 2 };

static void print_heading(const struct context *context, FILE *file, enum text_id heading)
{
    fprintf(file, "%s%s%s\n", terminal_colour(&context->terminal, COLOUR_BOLD), text_of(heading),
            terminal_colour(&context->terminal, COLOUR_PLAIN));
}

static unsigned longest_name(void)
{
    unsigned longest = 0;
    for (unsigned i = 0; i < command_count; i++)
        if (strlen(commands[i]->name) > longest)
            longest = (unsigned)strlen(commands[i]->name);
    return longest;
}

/* `--name VALUE`; malloc'ed. */
static char *option_words(const struct command_option *option)
{
    char *made = NULL;
    if (asprintf(&made, "--%s%s%s", option->name, option->value != TEXT_NONE ? " " : "",
                 text_of(option->value)) < 0)
        return NULL;
    return made;
}

static void print_options(FILE *file, const struct command_option *options, unsigned count)
{
    unsigned widest = 0;
    for (int printing = 0; printing < 2; printing++)
        for (unsigned i = 0; i < count; i++) {
            char *option = option_words(&options[i]);
            if (option == NULL)
                continue;
            unsigned columns = text_columns(option, strlen(option));
            if (!printing && columns > widest)
                widest = columns;
            if (printing)
                fprintf(file, "%*s%s%*s  %s\n", INDENT, "", option, (int)(widest - columns), "",
                        text_of(options[i].help));
            free(option);
        }
}

void manual_overview(const struct context *context, FILE *file)
{
    unsigned longest = longest_name();
    enum text_id group = TEXT_NONE;
    text_print_wrapped(file, text_of(TEXT_PROGRAM_SUMMARY), 0, TEXT_WIDTH);
    fputc('\n', file);
    say(file, PROGRAM_USAGE);
    for (unsigned i = 0; i < command_count; i++) {
        const struct command *command = commands[i];
        if (command->group != group) {
            fputc('\n', file);
            print_heading(context, file, command->group);
            group = command->group;
        }
        fprintf(file, "%*s%-*s  %s\n", INDENT, "", (int)longest, command->name,
                text_of(command->summary));
    }
    fputc('\n', file);
    print_heading(context, file, TEXT_HEADING_GLOBAL_OPTIONS);
    print_options(file, global_options, global_option_count);
    fputc('\n', file);
    say(file, PROGRAM_MORE);
}

void manual_command(const struct context *context, const struct command *command)
{
    FILE *file = context->out;
    usage_say(file, command);
    fputc('\n', file);
    text_print_wrapped(file, text_of(command->summary), 0, TEXT_WIDTH);
    if (command->details != TEXT_NONE) {
        fputc('\n', file);
        text_print_wrapped(file, text_of(command->details), 0, TEXT_WIDTH);
    }
    if (command->option_count > 0) {
        fputc('\n', file);
        print_heading(context, file, TEXT_HEADING_OPTIONS);
        print_options(file, command->options, command->option_count);
    }
    fputc('\n', file);
    print_heading(context, file, TEXT_HEADING_GLOBAL_OPTIONS);
    print_options(file, global_options, global_option_count);
}

/* -- the manual page --------------------------------------------------------------------------- */

/* A text for troff: backslashes and hyphens as they are meant, no line that begins with a control
 * character. A line of an example, which begins with two spaces, stands alone. */
static void page_text(FILE *file, const char *text)
{
    for (bool start = true; *text != '\0'; text++) {
        if (start && strncmp(text, "  ", 2) == 0)
            fputs(".br\n\\ \\ ", file);
        else if (start && (*text == '.' || *text == '\''))
            fputs("\\&", file);
        if (*text == '\\')
            fputs("\\e", file);
        else if (*text == '-')
            fputs("\\-", file);
        else if (*text == '\n' && text[1] == '\n')
            fputs("\n.PP", file);
        else
            fputc(*text, file);
        start = *text == '\n';
    }
    fputc('\n', file);
}

static void page_options(FILE *file, const struct command_option *options, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        fputs(".TP\n", file);
        fprintf(file, "\\fB\\-\\-%s\\fR", options[i].name);
        if (options[i].value != TEXT_NONE)
            fprintf(file, " \\fI%s\\fR", text_of(options[i].value));
        fputc('\n', file);
        page_text(file, text_of(options[i].help));
    }
}

static void page_command(FILE *file, const struct command *command)
{
    fprintf(file, ".SS %s\n\\fBpasserelle %s\\fR ", command->name, command->name);
    page_text(file, text_of(command->usage));
    fputs(".PP\n", file);
    page_text(file, text_of(command->summary));
    if (command->details != TEXT_NONE) {
        fputs(".PP\n", file);
        page_text(file, text_of(command->details));
    }
    page_options(file, command->options, command->option_count);
}

static void page_section(FILE *file, enum text_id heading, enum text_id text)
{
    fprintf(file, ".SH %s\n", text_of(heading));
    if (text != TEXT_NONE)
        page_text(file, text_of(text));
}

static void page_endings(FILE *file)
{
    static const enum text_id endings[] = {
        TEXT_ENDING_OK,   TEXT_ENDING_REJECTED, TEXT_ENDING_USAGE,
        TEXT_ENDING_AWAY, TEXT_ENDING_PARTIAL,  TEXT_ENDING_UNVERIFIED,
    };
    page_section(file, TEXT_PAGE_ENDINGS, TEXT_NONE);
    for (unsigned i = 0; i < sizeof endings / sizeof *endings; i++) {
        fprintf(file, ".TP\n.B %u\n", i);
        page_text(file, text_of(endings[i]));
    }
}

static void page_environment(FILE *file)
{
    static const struct {
        const char *name;
        enum text_id text;
    } variables[] = {
        {"PASSERELLE_STATE", TEXT_PAGE_VARIABLE_STATE},
        {"PASSERELLE_TERRITORY", TEXT_PAGE_VARIABLE_TERRITORY},
        {"LC_ALL, LC_MESSAGES, LANG", TEXT_PAGE_VARIABLE_LANG},
        {"NO_COLOR", TEXT_PAGE_VARIABLE_COLOUR},
    };
    page_section(file, TEXT_PAGE_ENVIRONMENT, TEXT_NONE);
    for (unsigned i = 0; i < sizeof variables / sizeof *variables; i++) {
        fprintf(file, ".TP\n.B %s\n", variables[i].name);
        page_text(file, text_of(variables[i].text));
    }
}

void manual_page(const struct context *context)
{
    FILE *file = context->out;
    fprintf(file, ".TH PASSERELLE 1 \"\" \"Passerelle %s\"\n", PASSERELLE_VERSION);
    fprintf(file, ".SH %s\npasserelle \\- ", text_of(TEXT_PAGE_NAME));
    page_text(file, text_of(TEXT_PAGE_WHAT));
    page_section(file, TEXT_PAGE_SYNOPSIS, TEXT_PAGE_SYNOPSIS_TEXT);
    page_section(file, TEXT_PAGE_DESCRIPTION, TEXT_PAGE_DESCRIPTION_TEXT);
    page_section(file, TEXT_PAGE_OPTIONS, TEXT_NONE);
    page_options(file, global_options, global_option_count);
    page_section(file, TEXT_PAGE_COMMANDS, TEXT_NONE);
    for (unsigned i = 0; i < command_count; i++)
        page_command(file, commands[i]);
    page_endings(file);
    page_environment(file);
    page_section(file, TEXT_PAGE_EXAMPLES, TEXT_PAGE_EXAMPLES_TEXT);
}
