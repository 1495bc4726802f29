import { ChannelCredentials, ServerCredentials } from '@grpc/grpc-js'

/** Both halves of a process's identity between services. */
export type Credentials = { readonly server: ServerCredentials; readonly client: ChannelCredentials; readonly secure: boolean }

/** PEM texts: the private authority, and this process's certificate (its SAN names the service's host) and key. */
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

/** Throws when an address would send plain text off this machine. */
export const checkAddress = (address: string, { secure }: Credentials): string => {
  if (secure || /^(unix:.*|localhost:\d+|127(\.\d+){3}:\d+|\[::1\]:\d+)$/.test(address)) return address
  throw new Error(`gRPC without TLS is allowed on loopback only, not on ${address}: configure COLLEGIUM_TLS_CA, COLLEGIUM_TLS_CERT and COLLEGIUM_TLS_KEY.`)
}
