import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** How the chart lies under its window: shifted by pixels, then enlarged. */
type View = { readonly x: number; readonly y: number; readonly scale: number }

const [least, most] = [0.2, 2.5]
const margin = 16
/** A hand that moves less than this meant to press. */
const stillPx = 5

/** The same view, enlarged about a point of the window. */
const zoomed = ({ x, y, scale }: View, by: number, at: { readonly x: number; readonly y: number }): View => {
  const next = Math.min(most, Math.max(least, scale * by))
  const ratio = next / scale
  return { x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio, scale: next }
}

/** The whole of a picture in a window, never enlarged. */
export const fitted = (picture: { width: number; height: number }, window: { width: number; height: number }): View => {
  const scale = Math.max(least, Math.min(1, (window.width - 2 * margin) / picture.width, (window.height - 2 * margin) / picture.height))
  return { x: margin, y: Math.max(margin, (window.height - picture.height * scale) / 2), scale }
}

/** Dragging with one hand, pinching with two, the wheel with Ctrl; a press that was no drag is told by its element. */
export const usePan = (element: RefObject<SVGSVGElement | null>, first: () => View, onPress: (target: Element) => void) => {
  const [view, setView] = useState<View>({ x: margin, y: margin, scale: 1 })
  const hands = useRef(new Map<number, { x: number; y: number }>())
  const moved = useRef(false)
  const pointOf = useCallback(
    (event: { clientX: number; clientY: number }) => {
      const { left, top } = element.current?.getBoundingClientRect() ?? { left: 0, top: 0 }
      return { x: event.clientX - left, y: event.clientY - top }
    },
    [element],
  )

  useEffect(() => {
    const svg = element.current
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      setView((current) => zoomed(current, Math.exp(-event.deltaY / 300), pointOf(event)))
    }
    svg?.addEventListener('wheel', onWheel, { passive: false })
    return () => svg?.removeEventListener('wheel', onWheel)
  }, [element, pointOf])

  const onPointerDown = (event: PointerEvent): void => {
    if (hands.current.size === 0) moved.current = false
    hands.current.set(event.pointerId, pointOf(event))
  }
  const onPointerMove = (event: PointerEvent): void => {
    const before = hands.current.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    if (!moved.current && Math.hypot(now.x - before.x, now.y - before.y) < stillPx) return
    if (!moved.current) element.current?.setPointerCapture(event.pointerId)
    moved.current = true
    hands.current.set(event.pointerId, now)
    const other = [...hands.current].find(([id]) => id !== event.pointerId)?.[1]
    if (!other) {
      setView(({ x, y, scale }) => ({ x: x + now.x - before.x, y: y + now.y - before.y, scale }))
      return
    }
    const by = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
    setView((current) => zoomed(current, by, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }))
  }
  const onPointerUp = (event: PointerEvent): void => {
    const known = hands.current.delete(event.pointerId)
    if (known && !moved.current && event.type === 'pointerup' && event.target instanceof Element) onPress(event.target)
  }
  const middle = () => ({ x: (element.current?.clientWidth ?? 0) / 2, y: (element.current?.clientHeight ?? 0) / 2 })
  return {
    view,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
    zoom: (by: number) => setView((current) => zoomed(current, by, middle())),
    fit: () => setView(first()),
  }
}
