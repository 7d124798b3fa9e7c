import { Secret } from './secret.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one variable of the environment. Never carries the value: it may be a secret. */
export interface ConfigFault {
  readonly name: string;
  readonly problem: string;
  readonly example: string;
}

/** Every fault of the environment at once, each with its name and an example. */
export class ConfigError extends Error {
  readonly code = 'invalid_configuration';

  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      [
        'The environment has faults:',
        ...faults.map(({ name, problem, example }) => `  ${name} ${problem}; example: ${name}=${example}`),
      ].join('\n'),
    );
    this.name = 'ConfigError';
  }
}

function hasScheme(value: string, schemes: readonly string[]): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/[^/\s]/i.exec(value)?.[1]?.toLowerCase();
  return scheme !== undefined && schemes.includes(scheme) && !/\s/.test(value);
}

const beginnings = (schemes: readonly string[]): string => schemes.map((each) => `${each}://`).join(' or ');

/** Reads typed values and collects what is wrong, so that all faults are named in one message. */
export class EnvironmentReader {
  readonly faults: ConfigFault[] = [];

  constructor(private readonly environment: Environment) {}

  /** Trimmed value; empty counts as not set. */
  text(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  whole(name: string, bounds: { min: number; max: number; fallback: number }): number {
    const value = this.text(name);
    if (value === undefined) return bounds.fallback;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= bounds.min && number <= bounds.max) return number;
    this.fault(name, `must be a whole number from ${bounds.min} to ${bounds.max}`, String(bounds.fallback));
    return bounds.fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    if (value === undefined) return fallback;
    if (value !== '0' && value !== '1') this.fault(name, 'must be 0 or 1', fallback ? '1' : '0');
    return value === '1';
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) this.fault(name, `must be one of ${values.join(', ')}`, fallback);
    return found ?? fallback;
  }

  url(name: string, schemes: readonly string[], example: string): string | undefined {
    const value = this.text(name);
    if (value === undefined || hasScheme(value, schemes)) return value;
    this.fault(name, `must be a URL that begins with ${beginnings(schemes)}`, example);
    return undefined;
  }

  /** One URL or several, parted by commas. */
  urls(name: string, schemes: readonly string[], example: string): readonly string[] | undefined {
    const values = this.text(name)
      ?.split(',')
      .map((value) => value.trim());
    if (values?.every((value) => hasScheme(value, schemes)) !== false) return values;
    this.fault(name, `must be URLs, parted by commas, that begin with ${beginnings(schemes)}`, example);
    return undefined;
  }

  secretUrl(name: string, schemes: readonly string[], example: string): Secret | undefined {
    const value = this.url(name, schemes, example);
    return value === undefined ? undefined : new Secret(value);
  }

  /** @param bounds.different so many different characters it must have at least, so that `aaaa…` is none */
  secret(name: string, bounds: { min: number; max: number; different?: number; example: string }): Secret | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const { min, max, different = 1, example } = bounds;
    const isLongEnough = value.length >= min && value.length <= max && new Set(value).size >= different;
    if (isLongEnough && /^[\x21-\x7e]+$/.test(value)) return new Secret(value);
    const variety = different > 1 ? `, at least ${different} of them different` : '';
    this.fault(name, `must be ${min} to ${max} printable characters without spaces${variety}`, example);
    return undefined;
  }

  fault(name: string, problem: string, example: string): void {
    this.faults.push({ name, problem, example });
  }
}
