/** A rule that an event broke. */
export interface Violation {
  readonly rule:
    | 'conservation'
    | 'reserved_is_open_takes'
    | 'reserved_not_negative'
    | 'in_transit_not_negative'
    | 'total_without_reason'
    | 'held_is_holds'
    | 'held_units_taken'
    | 'promise_uncovered_by_reservation'
    | 'cap_exceeded'
    | 'floor_taken'
    | 'holders_are_open_takes'
    | 'waiting_for_nothing'
    | 'line_passed'
    | 'inbound_received'
    | 'waiting_is_the_line'
    | 'position_not_negative'
    | 'positions_add_up'
    | 'correction_is_zero_sum'
    | 'lot_is_declared'
    | 'lot_expired_early'
    | 'lots_in_transit'
    | 'one_terminal_state'
    | 'journal_explains_on_hand';
  readonly message: string;
}
