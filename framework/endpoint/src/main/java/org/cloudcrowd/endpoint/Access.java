package org.cloudcrowd.endpoint;

/** What whoever sent a request may do; it stands in the request as the {@link #ATTRIBUTE}. */
public enum Access {
  /** Anything. */
  CHANGE,
  /** Look, and change nothing: safe methods alone are answered. */
  LOOK;

  /** The name of a request's attribute. */
  public static final String ATTRIBUTE = "org.cloudcrowd.endpoint.access";
}
