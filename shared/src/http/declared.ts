import type { FastifyInstance, RouteOptions } from 'fastify'

export type DeclaredRoute = { readonly method: string; readonly url: string; readonly permission: string | undefined }

const added = new WeakMap<FastifyInstance, RouteOptions[]>()

/** An app with a route, by whatever plugin, that does not say who may use it (`config.permission`) does not start. */
export const demandPermissions = (app: FastifyInstance): void => {
  const routes: RouteOptions[] = []
  added.set(app, routes)
  app.addHook('onRoute', (route) => void routes.push(route))
  app.addHook('onReady', async () => {
    const [silent] = declaredRoutes(app).filter(({ permission }) => permission === undefined)
    if (silent) throw new Error(`${silent.method} ${silent.url} declares no permission: a route says who may use it`)
  })
}

/** Adds routes by plugins that know nothing of permissions: all of them are for everybody. */
export const addPublic = async (app: FastifyInstance, add: () => Promise<unknown>): Promise<void> => {
  let isAdding = true
  app.addHook('onRoute', (route) => {
    if (isAdding) route.config = { ...route.config, permission: 'public' }
  })
  await add()
  isAdding = false
}

/** Every route of an app that demands permissions, published or not. */
export const declaredRoutes = (app: FastifyInstance): DeclaredRoute[] =>
  (added.get(app) ?? []).flatMap(({ method, url, config }) =>
    [method].flat().flatMap((each) => (each === 'HEAD' ? [] : [{ method: each, url, permission: config?.permission }])),
  )
