/** CloudEvents 1.0, structured JSON; the shape of every message on every topic. */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly subject?: string;
  /** RFC 3339 UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly tenant: string;
  readonly data: Data;
}

export const cloudEvent = <Type extends string, Data>(event: {
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  readonly subject?: string;
  readonly at: number;
  readonly tenant: string;
  readonly data: Data;
}): CloudEvent<Type, Data> => ({
  specversion: '1.0',
  id: event.id,
  source: event.source,
  type: event.type,
  ...(event.subject === undefined ? {} : { subject: event.subject }),
  time: new Date(event.at).toISOString(),
  datacontenttype: 'application/json',
  tenant: event.tenant,
  data: event.data,
});
