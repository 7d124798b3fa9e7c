/** Result of a decision: events to append (none when the command is already satisfied), or a refusal with its figures. */
export type Decision<Event, Code extends string = string> =
  { readonly kind: 'accepted'; readonly events: readonly Event[] } | Refusal<Code>;

export interface Refusal<Code extends string = string> {
  readonly kind: 'refused';
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>>;
}

export const accept = <Event>(...events: readonly Event[]): Decision<Event, never> => ({ kind: 'accepted', events });

export const refuse = <Code extends string>(code: Code, details: Readonly<Record<string, unknown>> = {}): Refusal<Code> => ({
  kind: 'refused',
  code,
  details,
});
