/** Most bytes of one append: data, metadata and types in UTF-8. EventStoreDB refuses more, so no adapter takes more. */
export const MAX_APPEND_BYTES = 1_000_000;

/** Most events of one append. */
export const MAX_EVENTS_PER_APPEND = 10_000;

/** Most characters in the name of a stream. */
export const MAX_STREAM_NAME_LENGTH = 512;

/** Most characters in the type of an event. */
export const MAX_EVENT_TYPE_LENGTH = 200;

/** Most events a page of `readAll` may ask for. */
export const MAX_PAGE_SIZE = 10_000;
