// The types of age.js are those of what it was bundled from.
export * from "./age.entry.js"
