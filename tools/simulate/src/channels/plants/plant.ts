import type {
  DeliveryStore,
  DesiredFigure,
  driftBetween,
  MemoryChannels,
  ProviderAccount,
  SharedAccount,
} from '@holdfast/channel-connector';
import type { Life } from '@holdfast/simulation';
import type { VendorHttp } from '@holdfast/vendor-http';

export interface Client {
  until(stopped: AbortSignal): VendorHttp;
}

/** A deliberate bug around the product's code, to prove that a run finds it. Absent parts stay real. */
export interface ChannelPlant {
  readonly name: string;
  /** The mistake in words. */
  readonly mistake: string;
  /** Seed at which the search begins; 1 unless given. For mistakes that few seeds reveal. */
  readonly from?: number;
  readonly store?: (real: DeliveryStore, channels: MemoryChannels) => DeliveryStore;
  readonly account?: (real: ProviderAccount) => ProviderAccount;
  readonly client?: (real: Client) => Client;
  /** What is stored of the topic's figures. */
  readonly figures?: (told: readonly DesiredFigure[]) => readonly DesiredFigure[];
  readonly shared?: (real: SharedAccount, life: Life) => SharedAccount;
  readonly drift?: typeof driftBetween;
}
