import type { INestApplication } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { Access } from '../access/needs.js';
import { ACCESS } from '../access/needs.js';
import type { Method } from '../services/routes.js';
import { METHODS } from '../services/routes.js';

/** A route as its controller declares it. */
export interface ControllerRoute {
  readonly method: Method;
  /** Parameters are written `:name`. */
  readonly path: string;
  /** Undefined where the controller forgot to say. */
  readonly access: Access | undefined;
  readonly controller: object;
  readonly handler: object;
}

const asPath = (...parts: readonly unknown[]): string =>
  `/${parts
    .flatMap((part) => String(part).split('/'))
    .filter((step) => step !== '')
    .join('/')}`;

/** Routes of an application by the metadata of its controllers. */
export function controllerRoutes(app: INestApplication): readonly ControllerRoute[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype)));
  return [...controllers].flatMap((controller) => (typeof controller === 'function' ? routesOf(controller) : []));
}

function routesOf(controller: { readonly prototype?: unknown }): readonly ControllerRoute[] {
  const prototype = controller.prototype as object;
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap((descriptor: PropertyDescriptor) => {
    const handler: unknown = descriptor.value;
    if (typeof handler !== 'function') return [];
    const verb = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    const method = METHODS.find((known) => verb !== undefined && known === RequestMethod[verb]);
    if (method === undefined) return [];
    const path = asPath(Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler));
    return [{ method, path, access: Reflect.getMetadata(ACCESS, handler) as Access | undefined, controller: prototype, handler }];
  });
}
