type Child = Node | string | null | false
type Given = {
  readonly class?: string
  readonly on?: Readonly<Record<string, (event: Event) => void>>
  readonly [attribute: string]: unknown
}

/** An element with its attributes, listeners and children; the policy allows no markup from text, and none is needed. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(given)) {
    if (attribute === 'on') for (const [event, listener] of Object.entries(value as object)) made.addEventListener(event, listener as EventListener)
    else if (value === true) made.setAttribute(attribute, '')
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(attribute, String(value))
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== false))
  return made
}

export const button = (text: string, onPress: () => void, given: Given = {}): HTMLButtonElement =>
  element('button', { type: 'button', ...given, class: `button ${given.class ?? ''}`.trim(), on: { click: onPress } }, text)
