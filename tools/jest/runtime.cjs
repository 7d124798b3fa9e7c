const { readFileSync, statSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { SourceTextModule, SyntheticModule } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

// A worker keeps these from one spec file to the next.
/** What the compiler made of a source file, by path. */
const compiled = new Map();
/** Where the source map of a file lies, by path. */
const sourceMaps = new Map();
/** Paths, by the folder that imports and the specifier. */
const resolved = new Map();
/** Node's modules and installed packages, each loaded once. */
const installed = new Map();
/** Modules of the product, each loaded once. */
const shared = new Map();
/** Done when no module is being linked: two graphs that have modules in common cannot be linked at once. */
let linked = Promise.resolve();
/** That of the newest spec file; modules of the product are loaded by it, whichever spec file was the first to import them. */
let current;

/** What spec files have in common. Where the test library keeps something of a server, it keeps it for one spec file. */
const SHARED = /\/(libs\/(?!testing\/)|services\/(?!console\/)|tools\/sandbox\/)[^/]*\/?src\/(?!.*[.-]spec\.ts$)/;
/** Plants mistakes in modules, and sets their clock. */
const CHANGES_MODULES = /\/tools\/simulate\/|\/libs\/simulation\//;

const TRANSFORM_OPTIONS = {
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/**
 * Loads specs, and what only they use, anew for each spec file; modules of the product, installed packages and Node's modules once for all
 * spec files of a worker (docs/decisions/0091).
 */
module.exports = class ProcessRuntime extends Runtime {
  /** Modules of this spec file, or promises of them, by path. */
  #modules = new Map();
  /** Factories of modules that stand in for others, by path. */
  #mocks = new Map();
  /** All modules are loaded anew for this spec file. */
  #alone;

  constructor(...parts) {
    if (SourceTextModule === undefined) throw new Error('start Node with --experimental-vm-modules, as the scripts of package.json do');
    super(...parts);
    const [, , , , , , path] = parts;
    this.#alone = CHANGES_MODULES.test(path) || readFileSync(path, 'utf8').includes('unstable_mockModule');
    current = this;
  }

  async unstable_importModule(from, specifier) {
    return this.#evaluated(await this.#load(specifier === undefined ? from : this.#resolve(from, specifier)));
  }

  /** Jest's own modules. The state of a spec file lies in the module of jest-circus that is loaded again here. */
  requireInternalModule(from, specifier) {
    const require = createRequire(from);
    const path = specifier === undefined ? from : require.resolve(specifier);
    if (path.endsWith('jestAdapterInit.js')) delete require.cache[path];
    return require(path);
  }

  /** Not needed: there is no copy of `process` here. */
  installGetBuiltinModule() {}

  getSourceMaps() {
    return sourceMaps;
  }

  setModuleMock(from, specifier, factory) {
    this.#mocks.set(this.#resolve(from, specifier), factory);
  }

  teardown() {
    this.#modules.clear();
    this.#mocks.clear();
    super.teardown();
  }

  #resolve(from, specifier) {
    if (this._resolution.isCoreModule(specifier)) return specifier;
    const key = `${dirname(from)}\0${specifier}`;
    let path = resolved.get(key);
    if (path === undefined) {
      path = specifier.startsWith('file:') ? fileURLToPath(specifier) : this._resolution.resolveEsm(from, specifier);
      resolved.set(key, path);
    }
    return path;
  }

  async #evaluated(module) {
    const link = linked.then(async () => {
      if (module.status === 'unlinked') await module.link((specifier, { identifier }) => this.#import(identifier, specifier));
    });
    linked = link.catch(() => undefined);
    await link;
    await module.evaluate();
    return module;
  }

  #import(from, specifier) {
    if (specifier === '@jest/globals') {
      return this.#once(`${specifier} of ${from}`, () => synthetic(this.jestGlobals.cjsGlobals(from)));
    }
    return this.#load(this.#resolve(from, specifier));
  }

  #once(key, make) {
    const modules = !this.#alone && SHARED.test(key) ? shared : this.#modules;
    let module = modules.get(key);
    if (module === undefined) {
      module = make();
      modules.set(key, module);
    }
    return module;
  }

  #load(path) {
    return this.#once(path, () => {
      const mock = this.#mocks.get(path);
      if (mock !== undefined) return Promise.resolve(mock()).then(synthetic);
      if (path.endsWith('.json')) return synthetic({ default: JSON.parse(readFileSync(path, 'utf8')) });
      if (this._resolution.isCoreModule(path) || path.includes('/node_modules/')) return installedModule(path);
      return this.#ownModule(path);
    });
  }

  #ownModule(path) {
    const url = pathToFileURL(path).href;
    const isShared = !this.#alone && SHARED.test(path);
    const loader = () => (isShared ? current : this);
    return new SourceTextModule(this.#compiled(path), {
      identifier: path,
      importModuleDynamically: async (specifier, { identifier }) => loader().#importDynamically(identifier, specifier),
      initializeImportMeta: (meta) => {
        meta.url = url;
        meta.filename = path;
        meta.dirname = dirname(path);
        if (!isShared) meta.jest = this.jestGlobals.jestObjectFor(path);
      },
    });
  }

  async #importDynamically(from, specifier) {
    return this.#evaluated(await this.#import(from, specifier));
  }

  #compiled(path) {
    const { mtimeMs } = statSync(path);
    const known = compiled.get(path);
    if (known?.mtimeMs === mtimeMs) return known.code;
    const code = this.transformCache.transform(path, TRANSFORM_OPTIONS);
    const map = this.transformCache.getSourceMaps().get(path);
    if (map !== undefined) sourceMaps.set(path, map);
    compiled.set(path, { mtimeMs, code });
    return code;
  }
};

function installedModule(path) {
  let module = installed.get(path);
  if (module === undefined) {
    module = import(path.startsWith('/') ? pathToFileURL(path).href : path).then(synthetic);
    installed.set(path, module);
  }
  return module;
}

function synthetic(exports) {
  const names = Object.keys(exports);
  return new SyntheticModule(names, function () {
    for (const name of names) this.setExport(name, exports[name]);
  });
}
