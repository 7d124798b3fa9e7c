import type { AnyAlert } from './alert-intake.js';
import type { AlertView } from './alert-list.dto.js';

/** An alert as it is stored. */
export interface AlertRow {
  readonly id: string;
  readonly at: Date;
  readonly figures: AnyAlert['data'];
  readonly muted?: boolean;
  readonly acknowledgedBy?: string | null;
  readonly acknowledgedAt?: Date | null;
  readonly note?: string | null;
}

const NOTHING: Omit<AlertView, 'id' | 'at' | 'type' | 'subject' | 'figure' | 'muted' | 'acknowledgedBy' | 'acknowledgedAt' | 'note'> = {
  sku: null,
  locationId: null,
  available: null,
  threshold: null,
  ruleId: null,
  recoveredFrom: null,
  suppressed: null,
  channelId: null,
  connectionId: null,
  orderId: null,
  uncoveredUnits: null,
  since: null,
  says: null,
  failures: null,
  openEntries: null,
  oldestAt: null,
  lotId: null,
  expiryDate: null,
  documentId: null,
};

export const alertView = ({
  id,
  at,
  figures: { kind, ...figures },
  muted = false,
  acknowledgedBy = null,
  acknowledgedAt = null,
  note = null,
}: AlertRow): AlertView => ({
  id,
  at: at.toISOString(),
  type: kind,
  subject: subjectOf(figures),
  figure: figureOf(figures),
  ...NOTHING,
  ...figures,
  muted,
  acknowledgedBy,
  acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  note,
});

type Figures = Omit<AnyAlert['data'], 'kind'> & Readonly<Record<string, unknown>>;

function subjectOf(figures: object): string {
  const { subject, sku, channelId, connectionId } = figures as Figures;
  return String(subject ?? sku ?? channelId ?? connectionId ?? '');
}

function figureOf(figures: object): number | null {
  const { figure, available, failures, openEntries } = figures as Figures;
  const first = figure ?? available ?? failures ?? openEntries;
  return typeof first === 'number' ? first : null;
}
