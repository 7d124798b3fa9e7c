import type { Pool } from 'pg';
import type { Position } from '@holdfast/event-store';
import { paginationOf, type Page } from '@holdfast/platform';
import { ListPosition } from '../following/list-position.js';
import type { PutAwayQuery } from './put-away.dto.js';
import { PUT_AWAY_TASKS } from './put-away-rows.js';
import type { PutAwayTasksView } from './put-away-view.dto.js';
import { taskView } from './put-away-view.js';
import type { TaskRecord } from './task-streams.js';

const WHERE = `
  tenant = $1 AND status IS NOT NULL AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR location_id = $3)
  AND ($4::text IS NULL OR sku = $4)`;
const ROWS = `SELECT record, revision FROM ${PUT_AWAY_TASKS} WHERE ${WHERE} ORDER BY created_at DESC, id LIMIT $5 OFFSET $6`;
const COUNT = `SELECT count(*)::int AS total FROM ${PUT_AWAY_TASKS} WHERE ${WHERE}`;

/** Tasks, newest first, as far as the follower has read. */
export class PutAwayList extends ListPosition {
  constructor(
    private readonly pool: Pool,
    reached: () => Position,
  ) {
    super(reached);
  }

  async page(tenant: string, { status, locationId, sku }: PutAwayQuery, page: Page): Promise<PutAwayTasksView> {
    const wanted = [tenant, status ?? null, locationId ?? null, sku ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<{ record: TaskRecord; revision: number }>(ROWS, [...wanted, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(COUNT, wanted),
    ]);
    const tasks = rows.map(({ record, revision }) => taskView(record, revision));
    return { tasks, pagination: paginationOf(page, count.rows[0]?.total ?? 0) };
  }
}
