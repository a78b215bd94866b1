/* The functions behind the actions, by the file they are in. All are action_functions. */
#ifndef APP_PERFORM_H
#define APP_PERFORM_H

#include "app/state.h"

/* move.c: the cursor, the panes, scrolling */
action_function move_up, move_down, move_left, move_right, move_page_up, move_page_down,
    move_half_up, move_half_down, move_first, move_last, move_next_pane, move_previous_pane,
    move_pane, move_exchange, move_side;
/* rows.c: what is done with the rows of a pane */
action_function rows_unfold, rows_unfold_all, rows_zoom, rows_sort, rows_raw_ttl, rows_copy,
    rows_copy_line, rows_cause, rows_mail_open;
/* search.c */
action_function search_open, search_next, search_back, filter_open;
/* browse.c: between names */
action_function browse_follow, browse_back, browse_forward, browse_open, browse_again, browse_watch,
    browse_step_out, browse_close;
/* Asks again when it is time to, for a page that is watched. */
void browse_watch_tick(struct ui *ui);
/* program.c: the program as a whole */
action_function program_command, program_mouse, program_redraw, program_suspend, program_quit,
    program_choose, program_complete, program_export;

/* The sender, and what it does: sender.c, whatif.c, simulation.c, secondary.c, compare.c, ... */
action_function sender_down, sender_profile, sender_set;
action_function whatif_add, whatif_remove, whatif_command, whatif_more, whatif_less;
action_function simulation_open, simulation_step, simulation_step_back, simulation_auto,
    simulation_reroll, simulation_run_1, simulation_run_100, simulation_run_10000,
    simulation_run_million;
action_function secondary_open, compare_open, matrix_open, srv_open, rotation_open, timeline_open;

/* Windows about the page: one file each. */
action_function journey_open, notice_open, diff_open, names_open, spf_open, message_open,
    queries_open, changes_open, confirm_open;
/* Lists to choose from, and the help. */
action_function themes_open, lessons_open, settings_open, help_open;

#endif
