package org.cloudcrowd.endpoint;

/** What the sender of a request may do; the attribute {@link #ATTRIBUTE} of the request has it. */
public enum Access {
  /** Anything. */
  CHANGE,
  /** Read only: only safe methods are answered. */
  LOOK;

  /** The name of a request's attribute. */
  public static final String ATTRIBUTE = "org.cloudcrowd.endpoint.access";
}
