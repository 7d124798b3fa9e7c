/** An event as the log holds it. The auditor reads fields by name and shares no code with what wrote them. */
export interface Fact {
  readonly stream: string;
  readonly type: string;
  readonly id: string;
  readonly position: number;
  /** The command of the decision; one decision may have several events. */
  readonly commandId: string;
  /** Time of the command, epoch milliseconds. */
  readonly at: number;
  readonly recordedAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Units {
  readonly locationId: string;
  readonly quantity: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

export const textOf = ({ data }: Pick<Fact, 'data'>, field: string): string => String(data[field] ?? '');

/** 0 where the field is missing. */
export const numberOf = ({ data }: Pick<Fact, 'data'>, field: string): number => Number(data[field] ?? 0);

export const recordsOf = ({ data }: Pick<Fact, 'data'>, field: string): readonly Readonly<Record<string, unknown>>[] => {
  const value = data[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

/** Undefined where the field is missing. */
export const recordOf = ({ data }: Pick<Fact, 'data'>, field: string): Readonly<Record<string, unknown>> | undefined => {
  const value = data[field];
  return isRecord(value) ? value : undefined;
};

/** Undefined where the field is missing. */
export const textsOf = ({ data }: Pick<Fact, 'data'>, field: string): readonly string[] | undefined => {
  const value = data[field];
  return Array.isArray(value) ? value.map(String) : undefined;
};

export const unitsOf = (fact: Pick<Fact, 'data'>, field: string): readonly Units[] =>
  recordsOf(fact, field).map(({ locationId, quantity }) => ({ locationId: String(locationId), quantity: Number(quantity) }));

export const sum = (units: readonly { readonly quantity: number }[]): number => units.reduce((total, { quantity }) => total + quantity, 0);

/** Units by location. */
export function byLocation(takes: readonly Units[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { locationId, quantity } of takes) units.set(locationId, (units.get(locationId) ?? 0) + quantity);
  return units;
}
