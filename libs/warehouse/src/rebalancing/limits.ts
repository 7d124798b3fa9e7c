/** Locations that one policy balances. */
export const MAX_LOCATIONS_PER_POLICY = 50;
/** SKUs that a policy may name; one that names none is for all. */
export const MAX_SKUS_PER_POLICY = 5_000;
export const MAX_LANES_PER_POLICY = 2_450;
/** SKUs times locations whose figures one run compares. A policy that names its SKUs never has more; of all SKUs those that were sold most are compared. */
export const MAX_PLACES_PER_RUN = MAX_LOCATIONS_PER_POLICY * MAX_SKUS_PER_POLICY;
/** Proposals of a policy that one run adds; the next run adds the following ones. */
export const PROPOSED_AT_ONCE = 200;
/** Proposals of a policy that have not ended. */
export const MAX_OPEN_PROPOSALS = 2_000;
/** Ended proposals that a policy keeps for repeats. Those within the quiet time are kept in any case. */
export const ENDED_PROPOSALS_KEPT = 500;
export const MAX_DAYS_OF_COVER = 366;
