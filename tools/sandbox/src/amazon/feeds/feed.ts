export interface Feed {
  readonly id: string;
  readonly type: string;
  readonly marketplaceIds: readonly string[];
  readonly documentId: string;
  readonly createdAt: number;
  status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'FATAL' | 'CANCELLED';
  startedAt: number | undefined;
  endedAt: number | undefined;
  resultDocumentId: string | undefined;
  /** SKUs that the feed is about to change, once its document was read. */
  skus: ReadonlySet<string>;
}

export const isUnderWay = ({ status }: Feed): boolean => status === 'IN_QUEUE' || status === 'IN_PROGRESS';
