/** Where `npm start` serves the API unless PORT says otherwise. */
export const defaultUrl = 'http://127.0.0.1:4000';
