/** A process of the distributed form: a folder under services/ with src/main.ts, and where it listens. The gateway answers no gRPC. */
export type Listening = { readonly name: string; readonly http: number; readonly grpc: number | null }

/** Every process with its usual ports; membership first, because the others ask it who holds what, the gateway last. */
export const processes: readonly Listening[] = [
  { name: 'membership', http: 8101, grpc: 9101 },
  { name: 'documents', http: 8102, grpc: 9102 },
  { name: 'activities', http: 8103, grpc: 9103 },
  { name: 'assessment', http: 8104, grpc: 9104 },
  { name: 'feedback', http: 8105, grpc: 9105 },
  { name: 'volunteers', http: 8106, grpc: 9106 },
  { name: 'dashboards', http: 8107, grpc: 9107 },
  { name: 'audit', http: 8108, grpc: 9108 },
  { name: 'notifications', http: 8109, grpc: 9109 },
  { name: 'gateway', http: 8080, grpc: null },
]

/** Those that keep facts and so have a topic. */
export const publishing = (all: readonly Listening[]): string[] => all.filter(({ grpc }) => grpc !== null).map(({ name }) => name)

/** What each has a database of, and the log's checkpoints in one of their own: restored alone, the other would not fit them. */
export const databasesOf = (names: readonly string[]): string[] => names.flatMap((name) => (name === 'audit' ? [name, 'audit_log'] : [name]))

/** Several installations may share a server, each under a prefix of its own. */
export const databaseOf = (name: string, prefix = 'collegium'): string => `${prefix}_${name}`
