const marker = 'collegium-here'

/** Is there a session to ask about? The gateway sets this cookie beside the session's own, which no script can see. */
export const isHere = (): boolean => document.cookie.split('; ').some((each) => each.startsWith(`${marker}=`))

/** The session is over, wherever it ended: nobody asks about it again. */
export const leaveHere = (): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the other way to it answers later, and not in every browser
  document.cookie = `${marker}=; Path=/; Max-Age=0; SameSite=Lax`
}
