/** What figures are asked for; all where nothing is named. */
export interface AnalyticsFilter {
  readonly locationId?: string | undefined;
  readonly categoryId?: string | undefined;
}
