import {
  Activity,
  Ban,
  CalendarClock,
  ClipboardCheck,
  ClipboardList,
  Code,
  SlidersHorizontal,
  MailX,
  Bell,
  ChartColumn,
  Factory,
  FileUp,
  Grid3x3,
  House,
  KeyRound,
  PackageCheck,
  PackageOpen,
  RefreshCw,
  Scale,
  ShieldCheck,
  Store,
  Truck,
  type LucideIcon,
} from 'lucide-react';
import type { WordId } from '../words/words.js';

export interface MenuEntry {
  readonly to:
    | '/'
    | '/matrix'
    | '/reservations'
    | '/holds'
    | '/lots'
    | '/requests'
    | '/transfers'
    | '/put-away'
    | '/replenishment'
    | '/adjustments'
    | '/counts'
    | '/imports'
    | '/analytics'
    | '/channels'
    | '/drift'
    | '/erp'
    | '/dead-letters'
    | '/alerts'
    | '/operations'
    | '/proof'
    | '/keys'
    | '/developers';
  readonly word: WordId;
  readonly icon: LucideIcon;
  /** Without it the screen stays in the menu, with a lock. */
  readonly needs?: string;
  /** Stands a little apart from the entry before it. */
  readonly beginsGroup?: true;
  /** Second key after `g`. */
  readonly key: string;
}

export const MENU: readonly MenuEntry[] = [
  { to: '/', word: 'menu.home', icon: House, key: 'h' },
  { to: '/matrix', word: 'menu.matrix', icon: Grid3x3, needs: 'inventory.read', key: 'm' },
  { to: '/reservations', word: 'menu.reservations', icon: PackageCheck, needs: 'reservations.read', key: 'r' },
  { to: '/requests', word: 'menu.requests', icon: ClipboardList, needs: 'stockrequests.read', beginsGroup: true, key: 'q' },
  { to: '/transfers', word: 'menu.transfers', icon: Truck, needs: 'transfers.read', key: 't' },
  { to: '/put-away', word: 'menu.putAway', icon: PackageOpen, needs: 'inventory.read', key: 'w' },
  { to: '/replenishment', word: 'menu.replenishment', icon: RefreshCw, needs: 'replenishment.read', key: 's' },
  { to: '/adjustments', word: 'menu.adjustments', icon: SlidersHorizontal, needs: 'inventory.adjust', key: 'j' },
  { to: '/holds', word: 'menu.holds', icon: Ban, needs: 'inventory.read', key: 'b' },
  { to: '/lots', word: 'menu.lots', icon: CalendarClock, needs: 'inventory.read', key: 'x' },
  { to: '/counts', word: 'menu.counts', icon: ClipboardCheck, needs: 'inventory.cyclecount', key: 'n' },
  { to: '/imports', word: 'menu.imports', icon: FileUp, needs: 'inventory.read', key: 'i' },
  { to: '/analytics', word: 'menu.analytics', icon: ChartColumn, needs: 'inventory.read', key: 'y' },
  { to: '/channels', word: 'menu.channels', icon: Store, needs: 'channels.read', beginsGroup: true, key: 'c' },
  { to: '/drift', word: 'menu.drift', icon: Scale, needs: 'channels.read', key: 'd' },
  { to: '/erp', word: 'menu.erp', icon: Factory, needs: 'erp.read', key: 'e' },
  { to: '/dead-letters', word: 'menu.letters', icon: MailX, needs: 'erp.read', key: 'l' },
  { to: '/alerts', word: 'menu.alerts', icon: Bell, needs: 'alerts.read', beginsGroup: true, key: 'a' },
  { to: '/operations', word: 'menu.operations', icon: Activity, key: 'o' },
  { to: '/proof', word: 'menu.proof', icon: ShieldCheck, needs: 'inventory.read', key: 'p' },
  { to: '/keys', word: 'menu.keys', icon: KeyRound, needs: 'keys.read', key: 'k' },
  { to: '/developers', word: 'menu.developers', icon: Code, key: 'v' },
];
