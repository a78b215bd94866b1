/* The functions behind the actions, by the file they are in. All are action_functions. */
#ifndef APP_ACTIONS_PERFORM_H
#define APP_ACTIONS_PERFORM_H

#include "app/state/state.h"

/* move.c: the cursor, the panes, scrolling */
action_function move_pane, move_exchange, move_side;
action_number_function move_lines, move_halves, move_panes, move_sideways;
/* rows.c: what is done with the rows of a pane */
action_function rows_unfold, rows_unfold_all, rows_zoom, rows_sort, rows_raw_ttl, rows_copy,
    rows_copy_line;
/* goto_cause.c: from a finding to the row that causes it */
action_function goto_cause;
/* fetch.c: what is fetched over HTTPS, on request only */
action_function fetch_policy;
/* The MTA-STS policy of this domain has come. */
void fetch_take_policy(struct ui *ui, const char *domain, const char *policy);
/* search.c */
action_function search_open, filter_open;
action_number_function search_again;
/* browse.c: between names */
action_function browse_follow, browse_open, browse_again, browse_watch, browse_step_out,
    browse_close, browse_query;
action_number_function browse_history;
/* run_own.c: commands of the configuration file */
action_function run_own;
/* Asks again when it is time to, for a page that is watched. */
void browse_watch_tick(struct ui *ui);
/* program.c: the program as a whole */
action_function program_command, program_mouse, program_redraw, program_suspend, program_quit,
    program_choose, program_submit, program_complete, program_show_all, program_export,
    program_record;
action_number_function program_lines;
/* Ends the program; where what-if edits would go with it, asks first, once. */
void program_leave(struct ui *ui, struct effects *effects);

/* play.c: the keys of a lesson */
action_function play_next, play_back, play_choose, play_page;
/* show_delivery.c: the simulation */
action_function show_delivery, simulate_auto, simulate_reroll;
action_number_function simulate_steps, simulate_run;
/* edit_sender.c: who sends, which hosts are down */
action_function edit_down, edit_profile, edit_family, edit_rotates;
/* edit_records.c: what if the records were others */
action_function edit_add, edit_remove;
action_number_function edit_number;
/* show_*.c: windows, a file each */
action_function show_secondary, show_comparison, show_srv, show_client, show_rotation,
    show_timeline, show_trace, show_resolvers, choose_resolver, show_diff, show_names,
    judge_selectors, ask_sites, show_spf, show_message, show_commands, edit_whatif, show_help;
extern const struct window_kind window_journey, window_ttls, window_authority, window_matrix,
    window_directory, window_queries, window_changes;
/* show_diagram.c, show_ask.c: for lessons, and elsewhere */
action_function show_diagram, show_ask, ask_answer, ask_choose;
extern const struct window_kind window_nslookup;
/* Lays the answers that change with this master file beside the page shown, or lists its faults. */
void show_diff_zone(struct ui *ui, const char *path, const char *text, size_t length,
                    struct effects *effects);
/* Draws so many choices anew in the window of a client's choice, when that is on top. */
void show_srv_draws(struct ui *ui, uint64_t draws);
/* choose_command.c: the commands that have in them what is typed behind ":". The list goes with the
 * line; commands_narrow() makes it follow the line. */
void commands_open(struct ui *ui, struct effects *effects);
bool commands_are_open(const struct ui *ui);
void commands_narrow(struct ui *ui);
/* The one under the cursor, as long as no more than one word is typed; NULL without the list. */
const struct action_entry *commands_chosen(struct ui *ui);
/* choose_*.c: lists to choose from */
action_function choose_theme, choose_lesson, choose_setting, edit_setting, show_narration;
action_number_function choose_beside;

#endif
