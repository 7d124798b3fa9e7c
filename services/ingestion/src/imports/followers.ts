import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { pause } from '@holdfast/kit';
import { EventStream, Problem } from '@holdfast/platform';
import type { ImportView } from './import.dto.js';
import { ImportsService } from './imports.service.js';

/** Each costs a connection, and two looks at its import a second. */
const MAX_FOLLOWERS = 100;
const EVERY_MS = 500;

/** Those who follow imports of this process. Any process can tell how far an import is, whichever carries it out. */
@Injectable()
export class Followers implements BeforeApplicationShutdown {
  private readonly open = new Set<EventStream>();

  constructor(private readonly imports: ImportsService) {}

  /**
   * Tells how far an import is until it ends or the reader leaves.
   * @param lastEventId of the last event that the reader has
   * @returns false where nothing is left to tell
   * @throws Problem 404 `unknown_import`; 503 `too_many_readers`
   */
  async add(response: () => ServerResponse, tenant: string, id: string, lastEventId: string | undefined): Promise<boolean> {
    const found = await this.imports.view(tenant, id);
    if (isOver(found) && lastEventId === tokenOf(found)) return false;
    if (this.open.size >= MAX_FOLLOWERS)
      throw new Problem(503, 'too_many_readers', 'Too many follow imports of this process', { headers: { 'retry-after': '5' } });
    const stream = new EventStream(response());
    stream.begin();
    this.open.add(stream);
    stream.onClose(() => this.open.delete(stream));
    // A reader that is cut off asks again, with what it has.
    this.follow(stream, tenant, found, lastEventId).catch(() => stream.cut());
    return true;
  }

  beforeApplicationShutdown(): void {
    for (const stream of this.open) stream.end();
  }

  private async follow(stream: EventStream, tenant: string, found: ImportView, lastEventId: string | undefined): Promise<void> {
    let told = lastEventId;
    for (let view = found; stream.open; view = await this.imports.view(tenant, found.id)) {
      const id = tokenOf(view);
      if (id !== told) stream.send([{ id, event: 'progress', data: JSON.stringify(view) }]);
      told = id;
      if (isOver(view)) return stream.end();
      await stream.drained();
      await pause(EVERY_MS);
    }
  }
}

const tokenOf = ({ status, applied, unchanged, failed }: ImportView): string => `${status}-${String(applied + unchanged + failed)}`;

const isOver = ({ finishedAt }: ImportView): boolean => finishedAt !== null;
