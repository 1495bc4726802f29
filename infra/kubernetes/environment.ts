import type { IConfigMap, IContainer } from 'kubernetes-models/v1'

/**
 * The variables that a container has once its pod runs, as the kubelet makes them: ConfigMaps, then its own with `$(NAME)` filled in from those above.
 * Files below /run/engines are read. Throws where a ConfigMap or a secret is not there.
 */
export const environmentOf = (container: IContainer, maps: readonly IConfigMap[], secrets: Readonly<Record<string, string>>): Record<string, string> => {
  const found: Record<string, string> = {}
  const secret = (key: string): string => {
    const text = secrets[key]
    if (text === undefined) throw new Error(`${container.name} asks for the secret ${key}, which nobody chose`)
    return text
  }
  for (const { configMapRef } of container.envFrom ?? []) {
    const map = maps.find(({ metadata }) => metadata?.name === configMapRef?.name)
    if (map === undefined) throw new Error(`${container.name} asks for the ConfigMap ${configMapRef?.name}`)
    Object.assign(found, map.data)
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const key = valueFrom?.secretKeyRef?.key
    found[name] = key === undefined ? (value ?? '').replaceAll(/\$\(([A-Za-z_]+)\)/g, (whole, other: string) => found[other] ?? whole) : secret(key)
  }
  for (const [name, path] of Object.entries(found)) {
    if (!name.endsWith('_FILE') || !path.startsWith('/run/engines/')) continue
    delete found[name]
    found[name.replace(/_FILE$/, '')] = secret(path.slice('/run/engines/'.length))
  }
  return found
}
