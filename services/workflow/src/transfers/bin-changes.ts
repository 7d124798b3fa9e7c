import { decideSku, lotsAfter } from '@holdfast/inventory';
import type { Location, SkuCommand, SkuState, TransferLine, TransferState, UnmovedLine } from '@holdfast/inventory';
import { uuidOf, type Lease } from '@holdfast/kit';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { mixingFault } from '@holdfast/warehouse';
import type { BinFacts } from '../put-away/bin-facts.js';
import type { BinRoom } from '../put-away/bin-room.js';
import { saleOf } from '../bin-sale/sale-of.js';
import { moveProblem } from './transfer-refusals.js';
import type { TransferRef } from './transfer-streams.js';

type Move = Extract<SkuCommand, { readonly type: 'CorrectPositions' }>;

export interface BinChangesParts {
  readonly ledger: SkuLedger;
  readonly locations: KnownLocations;
  readonly facts: Pick<BinFacts, 'upToDate' | 'situations'>;
  readonly room: Pick<BinRoom, 'withMore'>;
  readonly now: () => number;
}

/** Transfers inside one location: units change bin at once, line by line. */
export class BinChanges {
  constructor(private readonly parts: BinChangesParts) {}

  /**
   * Checks all lines before any is stored, and works while their space is claimed. Another move at the same time may still take the units
   * first: then the line stays as it is.
   *
   * @throws Problem 404 `unknown_bin`, `unknown_lot`, 409 `bin_blocked`, `sku_mixing`, `lot_mixing`, `bin_full`, `insufficient_in_bin`,
   * `insufficient_stock`
   */
  async holding<Result>(
    ref: TransferRef,
    locationId: string,
    lines: readonly TransferLine[],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { facts, locations, room } = this.parts;
    const location = await locations.find(ref.tenant, locationId);
    await facts.upToDate();
    const situations = location === undefined ? [] : await facts.situations(ref.tenant, location);
    for (const [index, { sku, lotId, fromBinId, toBinId }] of lines.entries()) {
      for (const [field, binId] of [
        ['fromBinId', fromBinId],
        ['toBinId', toBinId],
      ] as const) {
        const there = situations.find(({ bin }) => bin.binId === binId);
        const named = { field: `lines[${String(index)}].${field}`, binId };
        if (there === undefined) throw moveProblem({ code: 'unknown_bin', details: [named] });
        const goods = { sku, ...(lotId === undefined ? {} : { lotId }) };
        const fault = field === 'toBinId' ? mixingFault(there.bin, [...there.contents, ...there.claims], goods) : undefined;
        if (fault !== undefined) throw moveProblem({ code: fault.code, details: [{ ...named, ...fault.details }] });
      }
    }
    const more = lines.map(({ sku, lotId, toBinId, quantity }, index) => ({
      field: `lines[${String(index)}].toBinId`,
      sku,
      lotId,
      binId: toBinId,
      units: quantity,
    }));
    await this.mustBePossible(ref, locationId, location, lines);
    return room.withMore({ tenant: ref.tenant, locationId, documentId: ref.transferId }, more, { mixing: true }, work);
  }

  private async mustBePossible(
    ref: TransferRef,
    locationId: string,
    location: Location | undefined,
    lines: readonly TransferLine[],
  ): Promise<void> {
    const { ledger } = this.parts;
    const states = new Map<string, SkuState>();
    for (const [index, line] of lines.entries()) {
      const { sku } = line;
      const state = states.get(sku) ?? (await ledger.read({ tenant: ref.tenant, sku })).state;
      const command = this.commandOf(ref, location, locationId, line, index);
      const decision = decideSku(state, command);
      if (decision.kind === 'refused') {
        throw moveProblem({ code: decision.code, details: [{ field: `lines[${String(index)}]`, sku, ...decision.details }] });
      }
      states.set(sku, lotsAfter(state, decision.events, command.at));
    }
  }

  /** Moves every line; what was moved already is not moved again. @returns the lines whose units stay */
  async move(ref: TransferRef, { lines, toLocationId }: TransferState, lease: Lease): Promise<readonly UnmovedLine[]> {
    const { locations, ledger } = this.parts;
    const location = await locations.find(ref.tenant, toLocationId);
    const unmoved: UnmovedLine[] = [];
    for (const [index, line] of lines.entries()) {
      lease.check();
      const command = this.commandOf(ref, location, toLocationId, line, index);
      const outcome = await ledger.execute({ tenant: ref.tenant, sku: line.sku }, command, { correlationId: ref.transferId });
      if (outcome.kind !== 'refused') continue;
      const { available } = outcome.details;
      unmoved.push({ line: index, code: outcome.code, ...(typeof available === 'number' ? { available } : {}) });
    }
    return unmoved;
  }

  private commandOf(
    { tenant, transferId }: TransferRef,
    location: Location | undefined,
    locationId: string,
    { lotId, fromBinId, toBinId, quantity }: TransferLine,
    index: number,
  ): Move {
    const move = {
      ...(lotId === undefined ? {} : { lotId }),
      ...(fromBinId === undefined ? {} : { fromBinId }),
      ...(toBinId === undefined ? {} : { toBinId }),
      quantity,
      ...saleOf(location, toBinId),
    };
    return {
      type: 'CorrectPositions',
      kind: 'bin',
      at: this.parts.now(),
      commandId: uuidOf(JSON.stringify(['transfer', tenant, transferId, 'bins', index])),
      locationId,
      moves: [move],
      documentId: transferId,
    };
  }
}
