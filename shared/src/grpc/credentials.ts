import { ChannelCredentials, experimental, ServerCredentials } from '@grpc/grpc-js'

/** Both halves of a process's identity between services. */
export type Credentials = { readonly server: ServerCredentials; readonly client: ChannelCredentials; readonly secure: boolean }

/** PEM texts: the private authority, and this process's certificate (its SAN names the service) and key. */
export type Tls = { readonly ca?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined }

/** Mutual TLS when all three are given, plain text when none is; throws when some are missing. Plain text is for loopback only. */
export const credentialsOf = ({ ca, cert, key }: Tls): Credentials => {
  if (!ca && !cert && !key) return { server: ServerCredentials.createInsecure(), client: ChannelCredentials.createInsecure(), secure: false }
  if (!ca || !cert || !key) throw new Error('COLLEGIUM_TLS_CA, COLLEGIUM_TLS_CERT and COLLEGIUM_TLS_KEY belong together: give all three or none.')
  const [authority, chain, secret] = [ca, cert, key].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]
  return {
    server: ServerCredentials.createSsl(authority, [{ cert_chain: chain, private_key: secret }], true),
    client: ChannelCredentials.createSsl(authority, secret, chain),
    secure: true,
  }
}

/** The same from files that are read again every `seconds`: new certificates are used for new connections, without a restart. */
export const watchedCredentials = ({ ca, cert, key }: { readonly ca: string; readonly cert: string; readonly key: string }, seconds = 60): Credentials => {
  const provider = new experimental.FileWatcherCertificateProvider({
    caCertificateFile: ca,
    certificateFile: cert,
    privateKeyFile: key,
    refreshIntervalMs: seconds * 1_000,
  })
  return {
    server: experimental.createCertificateProviderServerCredentials(provider, provider, true),
    client: experimental.createCertificateProviderChannelCredentials(provider, provider),
    secure: true,
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** What a process's environment says: files are watched, texts are taken as they are. */
export const credentialsFrom = (tls: Tls, environment: Environment): Credentials => {
  const { COLLEGIUM_TLS_CA_FILE: ca, COLLEGIUM_TLS_CERT_FILE: cert, COLLEGIUM_TLS_KEY_FILE: key } = environment
  return ca && cert && key ? watchedCredentials({ ca, cert, key }) : credentialsOf(tls)
}

/** Throws when an address would send plain text off this machine. */
export const checkAddress = (address: string, { secure }: Credentials): string => {
  if (secure || /^(unix:.*|localhost:\d+|127(\.\d+){3}:\d+|\[::1\]:\d+)$/.test(address)) return address
  throw new Error(`gRPC without TLS is allowed on loopback only, not on ${address}: configure COLLEGIUM_TLS_CA, COLLEGIUM_TLS_CERT and COLLEGIUM_TLS_KEY.`)
}
