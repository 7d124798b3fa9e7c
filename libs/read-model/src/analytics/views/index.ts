import type { AnalystView } from '../view.js';
import { DIMENSION_VIEWS } from './dimensions.js';
import { FRESHNESS } from './freshness.js';
import { PROMISE_VIEWS } from './promises.js';
import { SALES_VIEWS } from './sales.js';
import { STOCK_VIEWS } from './stock.js';
import { SUPPLY_VIEWS } from './supply.js';

/** The views of the schema `analytics`, in the order of the reference. */
export const ANALYST_VIEWS: readonly AnalystView[] = [
  ...STOCK_VIEWS,
  ...SALES_VIEWS,
  ...PROMISE_VIEWS,
  ...SUPPLY_VIEWS,
  ...DIMENSION_VIEWS,
  FRESHNESS,
];

/** Tables that the views read, all with a column `tenant`. */
export const TENANT_TABLES: readonly string[] = [
  ...['stock', 'products', 'locations', 'channels', 'channel_atp', 'reservations'].map((table) => `read_model.${table}`),
  ...['daily_closing', 'daily_use', 'movement', 'delivery', 'transfer'].map((table) => `workflow.${table}`),
  'channels.history',
];

/** Tables that the views read and that say nothing of a tenant. */
export const SHARED_TABLES: readonly string[] = ['read_model.checkpoint', 'workflow.checkpoint'];
