import { Navigate } from '@tanstack/react-router'

/** The first page of somebody who is signed in. */
export const HomePage = () => <Navigate to="/dashboards" replace />
