import type { Access, ControllerRoute, Method, RoutedService } from '@holdfast/platform';
import { METHODS, ROUTES } from '@holdfast/platform';
import findMyWay from 'find-my-way';

export type Destination = RoutedService | 'gateway';

/** `open` routes need no credential of ours: pages of the gateway itself, and addresses that others call and sign for. */
export interface Route {
  readonly destination: Destination;
  readonly open: boolean;
  /** Its body may be as long as a file of an import. */
  readonly takesFile: boolean;
  /** Path with its parameters' names, as metrics show it. */
  readonly template: string;
}

export interface MatchedRoute extends Route {
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** More than Node accepts as the head of a request, so that the service, not the router, refuses a long parameter. */
const MAX_PARAM_LENGTH = 65_536;

const isOpen = (access: Access | undefined): boolean => access?.kind === 'public';

/** Every path that the gateway knows, static parts before parameters. A slash at the end changes nothing. */
export class RouteTable {
  private readonly router = findMyWay({ maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true });

  constructor() {
    for (const [service, routes] of Object.entries(ROUTES))
      for (const [method, path, trait] of routes)
        this.add(method, path, {
          destination: service as RoutedService,
          open: trait === 'open',
          takesFile: trait === 'file',
          template: path,
        });
  }

  /** Adds the routes that the gateway's own controllers declare. */
  addOwn(routes: readonly ControllerRoute[]): void {
    for (const { method, path, access } of routes)
      this.add(method, path, { destination: 'gateway', open: isOpen(access), takesFile: false, template: path });
  }

  /** @param url path with query, as it came */
  match(method: string, url: string): MatchedRoute | undefined {
    const asked = METHODS.find((known) => known === (method === 'HEAD' ? 'GET' : method));
    const found = asked === undefined || !url.startsWith('/') ? null : this.router.find(asked, url);
    return found === null ? undefined : { ...(found.store as Route), params: found.params };
  }

  /** Methods that a path answers. */
  allowed(url: string): readonly string[] {
    return METHODS.filter((method) => this.router.find(method, url) !== null);
  }

  private add(method: Method, path: string, route: Route): void {
    this.router.on(method, path, () => undefined, route);
  }
}
