import type { Figures, Round } from './figures.js';

export interface Side {
  /** Runs once before each of its rounds, unmeasured. */
  readonly prepare: (round: number) => Promise<void>;
  readonly run: (round: number, seconds: number) => Promise<Figures>;
}

export interface Interleaving {
  readonly baseline: Side;
  readonly holdfast: Side;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly onRound: (round: Round, number: number) => void;
}

/**
 * Measures both sides in turn, so that whatever else happens on the machine befalls both. Who goes first changes with each round.
 * Round 0 is the warm-up and not counted.
 */
export async function interleave({ baseline, holdfast, rounds, seconds, warmUpSeconds, onRound }: Interleaving): Promise<Round[]> {
  const measured: Round[] = [];
  for (let number = 0; number <= rounds; number += 1) {
    const lasting = number === 0 ? warmUpSeconds : seconds;
    const measure = async (side: Side): Promise<Figures> => {
      await side.prepare(number);
      return side.run(number, lasting);
    };
    const baselineFirst = number % 2 === 0;
    const first = await measure(baselineFirst ? baseline : holdfast);
    const second = await measure(baselineFirst ? holdfast : baseline);
    if (number === 0) continue;
    const [ofBaseline, ofHoldfast] = baselineFirst ? [first, second] : [second, first];
    const round = { baseline: ofBaseline, holdfast: ofHoldfast, ratio: ofHoldfast.perSecond / ofBaseline.perSecond };
    measured.push(round);
    onRound(round, number);
  }
  return measured;
}
