import { PROPERTIES, type Entity } from './entity.js';

const SERVICE = '/sap/opu/odata/sap/API_MATERIAL_STOCK_SRV';
const TYPE = 'API_MATERIAL_STOCK_SRV.A_MatlStkInAcctModType';
const KEY = PROPERTIES.slice(0, 11);
/** What differs from row to row; of the rest a company has few combinations. */
const VARYING = ['Material', 'MatlWrhsStkQtyInMatlBaseUnit'] as const;
const FIXED = PROPERTIES.filter((name) => !VARYING.some((varying) => varying === name));

type Write = (entity: Entity) => string;

/** Writes entities as an answer shows them, each with its address, as JSON text: a page of a large company has thousands. */
export class EntityWriter {
  private readonly writes = new Map<string, Write>();
  private readonly names: readonly string[];

  constructor(
    private readonly baseUrl: string,
    select: readonly string[] | undefined,
  ) {
    this.names = select ?? PROPERTIES;
  }

  text(entity: Entity): string {
    let combination = '';
    for (const name of FIXED) combination += `${entity[name] ?? ''}\u0001`;
    const known = this.writes.get(combination);
    if (known !== undefined) return known(entity);
    const made = this.writeOf(entity);
    this.writes.set(combination, made);
    return made(entity);
  }

  /** Writes all entities that differ from this one in nothing but what varies. */
  private writeOf(one: Entity): Write {
    const otherKeys = KEY.slice(1).map((name) => `,${name}='${encodeURIComponent(one[name] ?? '')}'`);
    const before = `${this.baseUrl}${SERVICE}/A_MatlStkInAcctMod(Material='`;
    const after = `'${otherKeys.join('')})`;
    const parts = this.names.map((name) =>
      VARYING.some((varying) => varying === name)
        ? { name, text: `,"${name}":` }
        : { name: undefined, text: `,"${name}":${JSON.stringify(one[name] ?? '')}` },
    );
    return (entity) => {
      const uri = JSON.stringify(before + encodeURIComponent(entity['Material'] ?? '') + after);
      let text = `{"__metadata":{"id":${uri},"uri":${uri},"type":"${TYPE}"}`;
      for (const part of parts) text += part.name === undefined ? part.text : part.text + JSON.stringify(entity[part.name] ?? '');
      return `${text}}`;
    };
  }
}
