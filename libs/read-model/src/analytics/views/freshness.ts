import { column, time, type AnalystView } from '../view.js';

export const FRESHNESS: AnalystView = {
  name: 'freshness',
  comment:
    'How far each source of the views has read the event log: one row per source. A source whose position is at least that of a write shows the write; the answer to the write has its position in the header holdfast-position.',
  columns: [
    column(
      'source',
      'text',
      'f.source',
      'read_model (stock_now, low_stock, reservations, atp_now, dimensions), daily-closing and daily-use (stock_by_day, sales_by_day), movements, deliveries (inbound), transfers, or a list that no view shows',
    ),
    column('position', 'bigint', 'f.position', 'Everything up to this position of the event log is reflected; -1 before the first event'),
    time(
      'as_of',
      'f.as_of',
      'For read_model, when the newest event that it reflects was recorded; for the others, when the position was written down last. Null where that is not known',
    ),
  ],
  from: `FROM (SELECT 'read_model' AS source, position, recorded_at AS as_of FROM read_model.checkpoint
               UNION ALL SELECT name, position, at FROM workflow.checkpoint) f`,
};
