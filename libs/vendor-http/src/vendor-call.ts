export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Bytes of the answer that are read; the rest is cut off. Default 8 MiB. */
  readonly mostAnswerBytes?: number;
}

export type VendorAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** The answer was longer than `mostAnswerBytes`: the body is its beginning only. */
      readonly cutOff?: boolean;
    }
  /** `sent`: the request may have reached the vendor, so its effect is unknown. Not sent: it had none. */
  | { readonly kind: 'unanswered'; readonly sent: boolean; readonly fault: string };

/** Calls a vendor. Never rejects; refuses private addresses where the operator says so, follows no redirects, ends within the call's time. */
export interface VendorHttp {
  call(request: VendorRequest): Promise<VendorAnswer>;
}
