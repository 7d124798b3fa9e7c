import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Connection } from './erp.js';
import { connectionOf, SENDS, SYSTEMS, typedOf } from './typed-connection.js';

const typed = { name: 'SAP Europe', system: 'sap-s4hana', intervalSeconds: '60', settings: '{"plants":["1010"]}', credentials: '{}' };
const connection: Connection = {
  ...{ id: 'sap-eu', name: 'SAP Europe', system: 'sap-s4hana', postingLagMs: 5, adjustmentsPostedBack: true },
  ...{ figureCovers: 'physical', autoMap: false, mappings: [], createdAt: '2026-12-01T00:00:00Z', updatedAt: '2026-12-01T00:00:00Z' },
  poller: {
    ...{ intervalSeconds: 90, settings: { plants: ['1010'] }, enabled: false },
    ...{ status: 'disabled', error: null, readAt: null, nextAt: null },
  },
};

describe('a connection that is typed', () => {
  it('is read by Holdfast with its settings, and with credentials where some are typed', () => {
    expect(connectionOf(typed, undefined)).toEqual({
      name: 'SAP Europe',
      system: 'sap-s4hana',
      poller: { intervalSeconds: 60, settings: { plants: ['1010'] }, enabled: true },
    });
    expect(connectionOf({ ...typed, credentials: '{"password":"p"}' }, undefined).poller).toMatchObject({ credentials: { password: 'p' } });
  });

  it('keeps on a change what the form does not ask for', () => {
    expect(connectionOf({ ...typedOf(connection), name: 'SAP' }, connection)).toEqual({
      ...{ name: 'SAP', system: 'sap-s4hana', postingLagMs: 5, adjustmentsPostedBack: true, figureCovers: 'physical', autoMap: false },
      poller: { intervalSeconds: 90, settings: { plants: ['1010'] }, enabled: false },
    });
  });

  it('of an ERP that sends by itself is not read', () => {
    expect(connectionOf({ ...typed, system: SENDS }, undefined)).toEqual({ name: 'SAP Europe', poller: null });
    expect(typedOf({ ...connection, poller: null }).system).toBe(SENDS);
  });

  it('with settings that are no object is none', () => {
    expect(() => connectionOf({ ...typed, settings: '[]' }, undefined)).toThrow(TypeError);
    expect(() => connectionOf({ ...typed, settings: '{' }, undefined)).toThrow(SyntaxError);
  });

  it('is of a system that there is: each that Holdfast reads is offered', () => {
    const pollers = resolve(import.meta.dirname, '../../../../ingestion/src/pollers');
    const names = readdirSync(pollers, { withFileTypes: true })
      .filter((each) => each.isDirectory() && readdirSync(join(pollers, each.name)).includes('system.ts'))
      .map(({ name }) => /\bname: '([\w-]+)'/.exec(readFileSync(join(pollers, name, 'system.ts'), 'utf8'))?.[1]);
    expect([...SYSTEMS].toSorted()).toEqual(names.toSorted());
  });
});
