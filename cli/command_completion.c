#include "arguments.h"
#include "commands.h"

#include <string.h>

static enum ending completion_run(struct context *context);

const struct command command_completion = {
    .name = "completion",
    .group = TEXT_GROUP_PROGRAM,
    .usage = TEXT_COMPLETION_USAGE,
    .summary = TEXT_COMPLETION_SUMMARY,
    .details = TEXT_COMPLETION_DETAILS,
    .choices = "bash",
    .fewest_words = 1,
    .most_words = 1,
    .run = completion_run,
};

static void print_option_names(FILE *out, const struct command_option *options, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        fprintf(out, " --%s", options[i].name);
}

/* What may follow an option that takes a value; without choices, the shell offers files. */
static void print_values(FILE *out, const char *command, const struct command_option *options,
                         unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (options[i].value != TEXT_NONE)
            fprintf(out, "        %s:--%s) choices='%s'; options=;;\n", command, options[i].name,
                    options[i].choices != NULL ? options[i].choices : "");
}

static void print_commands(FILE *out)
{
    fputs("    case $command in\n"
          "        '') choices='",
          out);
    for (unsigned i = 0; i < command_count; i++)
        fprintf(out, "%s%s", i > 0 ? " " : "", commands[i]->name);
    fputs("';;\n", out);
    for (unsigned i = 0; i < command_count; i++) {
        const struct command *command = commands[i];
        fprintf(out, "        %s) choices='%s' options+='", command->name,
                command->choices != NULL ? command->choices : "");
        print_option_names(out, command->options, command->option_count);
        fputs("';;\n", out);
    }
    fputs("    esac\n"
          "    case $command:${COMP_WORDS[COMP_CWORD-1]} in\n",
          out);
    for (unsigned i = 0; i < command_count; i++)
        print_values(out, commands[i]->name, commands[i]->options, commands[i]->option_count);
    print_values(out, "*", global_options, global_option_count);
    fputs("    esac\n", out);
}

static enum ending completion_run(struct context *context)
{
    FILE *out = context->out;
    const char *shell = arguments_word(context->arguments, 0);
    if (strcmp(shell, "bash") != 0)
        return context_usage(context, TEXT_WRONG_SHELL, shell);
    fputs("# bash completion for passerelle\n"
          "_passerelle()\n"
          "{\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} command= choices= options= i\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n",
          out);
    for (unsigned i = 0; i < global_option_count; i++)
        if (global_options[i].value != TEXT_NONE)
            fprintf(out, "        --%s) ((i++));;\n", global_options[i].name);
    fputs("        -*) ;;\n"
          "        *) command=${COMP_WORDS[i]}; break;;\n"
          "        esac\n"
          "    done\n"
          "    options='",
          out);
    print_option_names(out, global_options, global_option_count);
    fputs("'\n", out);
    print_commands(out);
    fputs("    [[ $current == -* ]] && choices=$options\n"
          "    COMPREPLY=($(compgen -W \"$choices\" -- \"$current\"))\n"
          "}\n"
          "complete -o default -F _passerelle passerelle\n",
          out);
    return END_OK;
}
