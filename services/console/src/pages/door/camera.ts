type Detector = { readonly detect: (source: CanvasImageSource) => Promise<readonly { readonly rawValue: string }[]> }
type DetectorClass = { new (given: { formats: readonly string[] }): Detector; readonly getSupportedFormats: () => Promise<readonly string[]> }

/** The browser's own reader where it has one; else a small one is loaded. Both take a picture and give the text of a QR code in it, or null. */
const reader = async (): Promise<(video: HTMLVideoElement) => Promise<string | null>> => {
  const Own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (Own && (await Own.getSupportedFormats()).includes('qr_code')) {
    const detector = new Own({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
  }
  const { textIn } = await import('./decode.ts')
  return async (video) => textIn(video)
}

const betweenMs = 150
/** The same picture is held before the camera for a while: it is one scan. */
const sameForMs = 3_000

/** Looks through the camera until it is stopped; each text is told once while it stays in the picture. Throws where there is no camera, or no leave to use it. */
export const watch = async (video: HTMLVideoElement, onText: (text: string) => void): Promise<() => void> => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  const read = await reader()
  video.srcObject = stream
  await video.play()
  let isOn = true
  let last = { text: '', at: 0 }
  const look = async (): Promise<void> => {
    if (!isOn) return
    const text = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await read(video).catch(() => null) : null
    const now = Date.now()
    if (text !== null) {
      if (text !== last.text || now - last.at > sameForMs) onText(text)
      last = { text, at: now }
    }
    setTimeout(() => void look(), betweenMs)
  }
  void look()
  return () => {
    isOn = false
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}
