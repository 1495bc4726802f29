import decodeQR from 'qr/decode.js'

const canvas = document.createElement('canvas')
/** More pixels than this cost time and read no better. */
const widest = 640

/** The text of a QR code in the picture, or null. */
export const textIn = (video: HTMLVideoElement): string | null => {
  const scale = Math.min(1, widest / Math.max(1, video.videoWidth))
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
  if (width === 0 || height === 0) return null
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  context.drawImage(video, 0, 0, width, height)
  try {
    return decodeQR(context.getImageData(0, 0, width, height))
  } catch {
    // It throws where there is no code, which is most of the time.
    return null
  }
}
